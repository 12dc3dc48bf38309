package dev.partita.testing.powerloss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replays a journal over the files that were there when it began, and builds one possible disk.
 *
 * <p>Names are durable once every directory that they touch was forced; {@link FileSystemKind} says
 * what becomes of the others.
 */
final class DiskImage {

  /** A change of names, kept or lost as a whole; a null node removes the name. */
  private record NameChange(long position, List<Entry> entries) {
    boolean isForced(FileSystemKind kind) {
      return entries.stream().allMatch(entry -> entry.directory.isForced(position))
          || (kind == FileSystemKind.JOURNALING
              && entries.stream().anyMatch(this::namesForcedFile));
    }

    private boolean namesForcedFile(Entry entry) {
      return entry.node != null && entry.node.isForced(position);
    }
  }

  private record Entry(DiskNode directory, String name, @Nullable DiskNode node) {}

  /** A name of a directory, by the identity of the directory. */
  private record Name(DiskNode directory, String name) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Name that && directory == that.directory && name.equals(that.name);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(directory) + name.hashCode();
    }
  }

  private final Path root;
  private final DiskNode rootNode = DiskNode.directory();
  private final Map<Long, DiskNode> byInode = new HashMap<>();
  private final List<NameChange> nameChanges = new ArrayList<>();

  /** The directory as it is on disk now, all of it durable. */
  DiskImage(Path root, Path base) throws IOException {
    this.root = root;
    load(base, rootNode);
  }

  private void load(Path base, DiskNode node) throws IOException {
    Path inodes = base.resolve(BaseCopy.INODE_FILE);
    for (String line : Files.readAllLines(inodes)) {
      int space = line.indexOf(' ');
      long inode = Long.parseLong(line.substring(0, space));
      String name = line.substring(space + 1);
      DiskNode child = node;
      if (!name.equals(".")) {
        Path path = base.resolve(name);
        child =
            Files.isDirectory(path)
                ? DiskNode.directory()
                : DiskNode.file(Files.readAllBytes(path));
        node.names.put(name, child);
        node.namesOnDisk.put(name, child);
        if (child.isDirectory) {
          load(path, child);
        }
      }
      byInode.put(inode, child);
    }
  }

  void replay(List<JournalEvent> events) {
    for (JournalEvent event : events) {
      switch (event) {
        case JournalEvent.Create create -> {
          DiskNode file = DiskNode.file(new byte[0]);
          byInode.put(create.inode(), file);
          changeNames(event, entry(create.path(), file));
        }
        case JournalEvent.MakeDirectory made -> {
          DiskNode directory = DiskNode.directory();
          byInode.put(made.inode(), directory);
          changeNames(event, entry(made.path(), directory));
        }
        case JournalEvent.Write write -> node(write.inode()).change(event);
        case JournalEvent.Truncate truncate -> node(truncate.inode()).change(event);
        case JournalEvent.Allocate allocate -> node(allocate.inode()).change(event);
        case JournalEvent.Fsync fsync -> node(fsync.inode()).force(fsync.begun());
        case JournalEvent.Rename rename ->
            changeNames(
                event, entry(rename.from(), null), entry(rename.to(), existing(rename.from())));
        case JournalEvent.Unlink unlink -> changeNames(event, entry(unlink.path(), null));
        case JournalEvent.Link link -> changeNames(event, entry(link.to(), existing(link.from())));
        case JournalEvent.Note _ -> {}
      }
    }
  }

  private DiskNode node(long inode) {
    return Objects.requireNonNull(byInode.get(inode), "an inode that the journal does not know");
  }

  private void changeNames(JournalEvent event, Entry... entries) {
    for (Entry entry : entries) {
      setName(entry.directory.names, entry);
    }
    nameChanges.add(new NameChange(event.position(), List.of(entries)));
  }

  private static void setName(Map<String, DiskNode> names, Entry entry) {
    if (entry.node == null) {
      names.remove(entry.name);
    } else {
      names.put(entry.name, entry.node);
    }
  }

  private Entry entry(String path, @Nullable DiskNode node) {
    Path relative = root.relativize(Path.of(path));
    DiskNode directory = rootNode;
    for (int index = 0; index < relative.getNameCount() - 1; index++) {
      directory = child(directory, relative.getName(index).toString());
    }
    return new Entry(directory, relative.getFileName().toString(), node);
  }

  private DiskNode existing(String path) {
    Entry entry = entry(path, null);
    return child(entry.directory, entry.name);
  }

  private static DiskNode child(DiskNode directory, String name) {
    return Objects.requireNonNull(directory.names.get(name), "a name that the journal lacks");
  }

  /** Decides what is kept and writes it below {@code target}. Once per image. */
  void write(Path target, FileSystemKind kind, Random random) throws IOException {
    Set<NameChange> kept =
        switch (kind) {
          case JOURNALING -> keptPrefix(random);
          case POSIX -> keptChoice(random);
        };
    for (NameChange change : nameChanges) {
      if (kept.contains(change)) {
        for (Entry entry : change.entries) {
          setName(entry.directory.namesOnDisk, entry);
        }
      }
    }
    Map<DiskNode, byte[]> contents = new HashMap<>();
    writeDirectory(rootNode, target, random, contents);
  }

  private Set<NameChange> keptPrefix(Random random) {
    int lastForced = 0;
    for (int index = 0; index < nameChanges.size(); index++) {
      if (nameChanges.get(index).isForced(FileSystemKind.JOURNALING)) {
        lastForced = index + 1;
      }
    }
    int end = lastForced + random.nextInt(nameChanges.size() - lastForced + 1);
    return new HashSet<>(nameChanges.subList(0, end));
  }

  private Set<NameChange> keptChoice(Random random) {
    Set<NameChange> kept = new HashSet<>();
    Set<Name> needed = new HashSet<>();
    for (NameChange change : nameChanges.reversed()) {
      boolean isNeeded = false;
      for (Entry entry : change.entries) {
        isNeeded |= needed.contains(new Name(entry.directory, entry.name));
      }
      if (isNeeded || change.isForced(FileSystemKind.POSIX) || random.nextBoolean()) {
        kept.add(change);
        for (Entry entry : change.entries) {
          needed.add(new Name(entry.directory, entry.name));
        }
      }
    }
    return kept;
  }

  /** Nodes compare by identity; a file with two names has one content. */
  private static void writeDirectory(
      DiskNode directory, Path target, Random random, Map<DiskNode, byte[]> contents)
      throws IOException {
    Files.createDirectories(target);
    for (Map.Entry<String, DiskNode> entry : directory.namesOnDisk.entrySet()) {
      DiskNode node = entry.getValue();
      Path path = target.resolve(entry.getKey());
      if (node.isDirectory) {
        writeDirectory(node, path, random, contents);
      } else {
        Files.write(path, contents.computeIfAbsent(node, file -> file.contentOnDisk(random)));
      }
    }
  }
}
