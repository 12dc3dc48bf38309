package dev.partita.storage.rocksdb;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * RocksDB's log format (write-ahead logs and MANIFEST), read block by block.
 *
 * <p>A file is a sequence of blocks of 32 KiB; a block is a sequence of fragments: masked CRC32C of
 * type and payload (4 bytes), length of the payload (2), type (1), payload. The up to 6 last bytes
 * of a block in which no header fits are zero. A record is one FULL fragment or FIRST, MIDDLE...,
 * LAST. Source: RocksDB, db/log_format.h and db/log_reader.cc.
 */
final class LogFile implements AutoCloseable {
  static final int BLOCK_BYTES = 32 << 10;
  static final int HEADER_BYTES = 7;
  static final int FULL = 1;
  static final int FIRST = 2;
  static final int MIDDLE = 3;
  static final int LAST = 4;

  private static final int LENGTH_OFFSET = 4;

  /** The least that a disk writes or loses as a whole. */
  private static final int SECTOR_BYTES = 512;

  /** So many zeros at the end of a fragment count as not written. */
  private static final int ZERO_TAIL_BYTES = 8;

  private static final int TYPE_OFFSET = 6;
  private static final int CHECKSUM_MASK_DELTA = 0xa282ead8;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final FileChannel channel;
  private final long size;
  private final byte[] block = new byte[BLOCK_BYTES];
  private final CRC32C checksum = new CRC32C();
  private long blockNumber = -1;
  private int blockLength;

  LogFile(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
    size = channel.size();
  }

  long size() {
    return size;
  }

  long blockCount() {
    return (size + BLOCK_BYTES - 1) / BLOCK_BYTES;
  }

  /** Makes the block the present one and gives its length, smaller than a block's at the end. */
  int readBlock(long number) throws IOException {
    if (number != blockNumber) {
      ByteBuffer target = ByteBuffer.wrap(block);
      while (target.hasRemaining()) {
        int read = channel.read(target, number * BLOCK_BYTES + target.position());
        if (read < 0) {
          break;
        }
      }
      blockNumber = number;
      blockLength = target.position();
    }
    return blockLength;
  }

  /** Whether a whole fragment with a matching checksum begins at {@code offset} of the block. */
  boolean isFragment(int offset) {
    if (blockLength - offset < HEADER_BYTES || type(offset) == 0) {
      return false;
    }
    int length = length(offset);
    return length <= blockLength - offset - HEADER_BYTES && checksumMatches(offset, length);
  }

  /**
   * Whether what is no fragment at {@code offset} is damage for certain, whatever follows: either
   * all its bytes are there and only its length is wrong, or its length fits but its bytes are
   * wrong without any being missing. A write that was torn lacks its end, or sectors of it are
   * zero.
   */
  boolean isDamageForCertain(int offset) {
    int available = blockLength - offset - HEADER_BYTES;
    if (available < 0) {
      return false;
    }
    int length = length(offset);
    if (length == 0 && type(offset) == 0) {
      return false; // Not even the header was written.
    }
    if (length > available) {
      return checksumMatches(offset, available);
    }
    int end = offset + HEADER_BYTES + length;
    return !isZero(Math.max(offset, end - ZERO_TAIL_BYTES), end) && !hasZeroSector(offset, end);
  }

  /** Whether the part of any sector that lies between the two offsets of the block is zero. */
  private boolean hasZeroSector(int start, int end) {
    int sector = start;
    while (sector < end) {
      int next = Math.min(end, (sector / SECTOR_BYTES + 1) * SECTOR_BYTES);
      if (isZero(sector, next)) {
        return true;
      }
      sector = next;
    }
    return false;
  }

  private boolean isZero(int start, int end) {
    for (int index = start; index < end; index++) {
      if (block[index] != 0) {
        return false;
      }
    }
    return true;
  }

  private boolean checksumMatches(int offset, int length) {
    checksum.reset();
    checksum.update(block, offset + TYPE_OFFSET, 1 + length);
    int value = (int) checksum.getValue();
    int masked = ((value >>> 15) | (value << 17)) + CHECKSUM_MASK_DELTA;
    return (int) INT.get(block, offset) == masked;
  }

  /** The type of the fragment at {@code offset} of the block. */
  int type(int offset) {
    return block[offset + TYPE_OFFSET];
  }

  /** The bytes of the payload of the fragment at {@code offset} of the block. */
  int length(int offset) {
    return (short) SHORT.get(block, offset + LENGTH_OFFSET) & 0xffff;
  }

  /** Copies up to {@code count} bytes of the fragment's payload and gives how many there were. */
  int copyPayload(int offset, byte[] target, int targetOffset, int count) {
    int available = Math.min(count, length(offset));
    System.arraycopy(block, offset + HEADER_BYTES, target, targetOffset, available);
    return available;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
