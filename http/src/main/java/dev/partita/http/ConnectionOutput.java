package dev.partita.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;

/**
 * The writing side of a connection: writes once per burst, charges what a slow reader leaves
 * behind, and ends the connection in an orderly way.
 */
final class ConnectionOutput {
  /** A reader slower than this for each response timeout is cut off. */
  static final long PROGRESS_BYTES_MIN = 64 << 10;

  private static final long NEVER = -1;

  private final ConnectionLoop loop;
  private final Channel channel;
  private final Connection connection;
  private boolean held;
  private boolean flushWanted;
  private boolean flushScheduled;

  /** Bytes written and not taken by the socket yet, as charged to the budget. */
  private long waitingBytes;

  private boolean waitingForReader;
  private long writtenBytes;
  private long waitingSince;
  private long takenBytesThen;
  private boolean closing;
  private long lingerSince = NEVER;

  ConnectionOutput(ConnectionLoop loop, Channel channel, Connection connection) {
    this.loop = loop;
    this.channel = channel;
    this.connection = connection;
  }

  /** From now on flushes wait for {@link #releaseFlushes}; returns whether they did already. */
  boolean holdFlushes() {
    boolean before = held;
    held = true;
    return before;
  }

  void releaseFlushes() {
    held = false;
    if (flushWanted) {
      flushNow();
    }
  }

  void write(ByteBuf bytes) {
    writtenBytes += bytes.readableBytes();
    flushWanted = true;
    var _ = channel.write(bytes, channel.voidPromise());
  }

  /** Flushes what was written, together with what else is about to be. */
  void flush() {
    if (!flushWanted || held) {
      return;
    }
    if (!loop.isTakingOver()) {
      flushNow();
    } else if (!flushScheduled) {
      flushScheduled = true;
      loop.flushLater(connection);
    }
  }

  void flushNow() {
    flushScheduled = false;
    if (flushWanted) {
      flushWanted = false;
      channel.flush();
      charge();
    }
  }

  /** Whether one more answer may be written; flushes if that helps. */
  boolean makeRoom() {
    if (!channel.isWritable()) {
      flushNow();
    }
    return channel.isWritable() && !closing;
  }

  /** Charges what the socket did not take, and asks to be told when it has. */
  private void charge() {
    var buffer = channel.unsafe().outboundBuffer();
    long waiting = buffer == null ? 0 : buffer.totalPendingWriteBytes();
    if (waiting > waitingBytes) {
      loop.budget().takeAnyway(waiting - waitingBytes);
    } else if (waiting < waitingBytes) {
      loop.budget().giveBack(waitingBytes - waiting);
    }
    waitingBytes = waiting;
    if (waiting > 0 && !waitingForReader) {
      waitingForReader = true;
      waitingSince = loop.tick();
      takenBytesThen = writtenBytes - waiting;
      var _ =
          channel
              .writeAndFlush(Unpooled.EMPTY_BUFFER)
              .addListener(future -> {
                waitingForReader = false;
                if (future.isSuccess()) {
                  // Later, because this very write still counts as waiting.
                  loop.eventLoop().execute(this::charge);
                }
              });
    }
  }

  /** Whether the client takes its answers too slowly, or does not go away. */
  boolean isStuck(long now) {
    if (lingerSince != NEVER) {
      return now - lingerSince >= loop.lingerTicks();
    }
    if (!waitingForReader
        || now - waitingSince < loop.ticks(loop.configuration().responseTimeout())) {
      return false;
    }
    charge();
    long taken = writtenBytes - waitingBytes;
    if (taken - takenBytesThen < PROGRESS_BYTES_MIN) {
      return true;
    }
    takenBytesThen = taken;
    waitingSince = now;
    return false;
  }

  /**
   * Closes once all is written.
   *
   * @param linger input may still come: say that no more answers do, and leave closing to the
   *     client for a while
   */
  void closeWhenWritten(boolean linger) {
    if (closing) {
      return;
    }
    closing = true;
    flushNow();
    var _ =
        channel
            .writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener(future -> {
              if (linger && future.isSuccess() && channel instanceof DuplexChannel duplex) {
                lingerSince = loop.tick();
                var _ = duplex.shutdownOutput();
              } else {
                connection.closeNow();
              }
            });
  }

  boolean isLingering() {
    return lingerSince != NEVER;
  }

  /** The channel is closed: nothing waits any more. */
  void closed() {
    loop.budget().giveBack(waitingBytes);
    waitingBytes = 0;
  }
}
