package dev.partita.http;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/** How sockets are driven: epoll where its native library loads, NIO elsewhere. */
record SocketTransport(
    String name, IoHandlerFactory handlers, Class<? extends ServerChannel> serverChannel) {

  static SocketTransport best() {
    return Epoll.isAvailable()
        ? new SocketTransport("epoll", EpollIoHandler.newFactory(), EpollServerSocketChannel.class)
        : nio();
  }

  static SocketTransport nio() {
    return new SocketTransport("nio", NioIoHandler.newFactory(), NioServerSocketChannel.class);
  }
}
