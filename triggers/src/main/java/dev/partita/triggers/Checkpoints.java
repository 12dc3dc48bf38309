package dev.partita.triggers;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How far each shard of a stream was delivered, in a file. A change is on disk when the method that
 * makes it returns: the new file is forced, takes the old one's name, and the directory is forced.
 * Shards that save at the same time share a write. A lock on a file beside it keeps a second
 * consumer away. Thread-safe.
 *
 * <p>The file is one JSON object: {@code version} (1), {@code streamArn}, and {@code shards}, an
 * object with a position for each shard: {@code {"after":"4711"}}, {@code {"finished":true}},
 * {@code {"trimHorizon":true}} or {@code {"latestSince":"2026-01-01T00:00:00Z"}}.
 */
final class Checkpoints implements AutoCloseable {
  private static final int VERSION = 1;

  private final Path file;
  private final String streamArn;
  private final FileChannel lockFile;
  private final Object state = new Object();
  private final Map<String, Position> positions;
  private final boolean isNew;
  private final ReentrantLock writing = new ReentrantLock();
  private long changes;
  private long written;

  private Checkpoints(
      Path file,
      String streamArn,
      FileChannel lockFile,
      Map<String, Position> positions,
      boolean isNew) {
    this.isNew = isNew;
    this.file = file;
    this.streamArn = streamArn;
    this.lockFile = lockFile;
    this.positions = positions;
  }

  /**
   * Takes the lock and reads the file, if there is one.
   *
   * @throws TriggerException if another consumer has the lock, if the file belongs to another
   *     stream, or is none of ours
   */
  static Checkpoints open(Path file, String streamArn) throws IOException, TriggerException {
    Path absolute = file.toAbsolutePath().normalize();
    FileChannel lockFile = lock(absolute);
    try {
      boolean isNew = !Files.exists(absolute);
      Map<String, Position> positions = isNew ? new HashMap<>() : read(absolute, streamArn);
      return new Checkpoints(absolute, streamArn, lockFile, positions, isNew);
    } catch (IOException | TriggerException e) {
      lockFile.close();
      throw e;
    }
  }

  private static FileChannel lock(Path file) throws IOException, TriggerException {
    Path path = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new TriggerException("another consumer is using the checkpoint " + file);
    }
    return channel;
  }

  private static Map<String, Position> read(Path file, String streamArn)
      throws IOException, TriggerException {
    Contents contents = new Contents();
    try (JsonParser parser = JsonFields.FACTORY.createParser(Files.readAllBytes(file))) {
      parser.nextToken();
      JsonFields.object(parser, name -> contents.field(parser, name));
    } catch (IOException e) {
      throw new TriggerException("cannot read the checkpoint " + file + ": " + e.getMessage(), e);
    }
    if (contents.version != VERSION) {
      throw new TriggerException(
          "the checkpoint " + file + " is of version " + contents.version + ", not " + VERSION);
    }
    if (!streamArn.equals(contents.streamArn)) {
      throw new TriggerException(
          "the checkpoint %s belongs to the stream %s, not to %s; read that one to its end with its"
                  .formatted(file, contents.streamArn, streamArn)
              + " ARN, or begin anew with another checkpoint");
    }
    return contents.positions;
  }

  /** What the file says. */
  private static final class Contents {
    private int version;
    private @Nullable String streamArn;
    private final Map<String, Position> positions = new HashMap<>();

    void field(JsonParser parser, String name) throws IOException {
      switch (name) {
        case "version" -> version = parser.getIntValue();
        case "streamArn" -> streamArn = JsonFields.string(parser);
        case "shards" ->
            JsonFields.object(parser, shardId -> positions.put(shardId, position(parser)));
        default -> parser.skipChildren();
      }
    }

    private static Position position(JsonParser parser) throws IOException {
      Position[] position = new Position[1];
      JsonFields.object(
          parser,
          name ->
              position[0] =
                  switch (name) {
                    case "after" -> new Position.After(JsonFields.string(parser));
                    case "finished" -> new Position.Finished();
                    case "trimHorizon" -> new Position.TrimHorizon();
                    case "latestSince" ->
                        new Position.Latest(Instant.parse(JsonFields.string(parser)));
                    default -> throw new IOException("unknown position " + name);
                  });
      if (position[0] == null) {
        throw new IOException("a shard without a position");
      }
      return position[0];
    }
  }

  /** Whether there was no file: nothing of this stream was ever read. */
  boolean isNew() {
    return isNew;
  }

  /** The shards that have a position. */
  Set<String> shardIds() {
    synchronized (state) {
      return Set.copyOf(positions.keySet());
    }
  }

  Optional<Position> position(String shardId) {
    synchronized (state) {
      return Optional.ofNullable(positions.get(shardId));
    }
  }

  /** The shard's position is this now. */
  void save(String shardId, Position position) throws IOException {
    saveAll(Map.of(shardId, position));
  }

  /** The positions of these shards are these now. */
  void saveAll(Map<String, Position> changed) throws IOException {
    long mine;
    synchronized (state) {
      positions.putAll(changed);
      mine = ++changes;
    }
    write(mine);
  }

  /** Forgets all other shards; on disk with the next change. */
  void retain(Collection<String> shardIds) {
    synchronized (state) {
      positions.keySet().retainAll(shardIds);
    }
  }

  private void write(long upTo) throws IOException {
    writing.lock();
    try {
      if (written >= upTo) {
        return;
      }
      Map<String, Position> snapshot;
      long included;
      synchronized (state) {
        snapshot = new TreeMap<>(positions);
        included = changes;
      }
      replaceFile(snapshot);
      written = included;
    } finally {
      writing.unlock();
    }
  }

  private void replaceFile(Map<String, Position> snapshot) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    // A FileChannel would be closed by the interrupt that ends a shard's thread.
    try (FileOutputStream out = new FileOutputStream(next.toFile());
        JsonGenerator json = JsonFields.FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeNumberField("version", VERSION);
      json.writeStringField("streamArn", streamArn);
      json.writeObjectFieldStart("shards");
      for (Map.Entry<String, Position> shard : snapshot.entrySet()) {
        json.writeObjectFieldStart(shard.getKey());
        write(json, shard.getValue());
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
      json.flush();
      out.getFD().sync();
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Directories.force(file.getParent());
  }

  private static void write(JsonGenerator json, Position position) throws IOException {
    switch (position) {
      case Position.TrimHorizon _ -> json.writeBooleanField("trimHorizon", true);
      case Position.Latest(Instant since) -> json.writeStringField("latestSince", since.toString());
      case Position.After(String sequenceNumber) -> json.writeStringField("after", sequenceNumber);
      case Position.Finished _ -> json.writeBooleanField("finished", true);
    }
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
