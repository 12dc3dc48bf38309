package dev.partita.testing.powerloss;

/** What a file system promises about names that were not forced with their directory. */
public enum FileSystemKind {
  /**
   * As ext4, XFS and Btrfs do: names change on disk in the order in which they changed, and forcing
   * a file also forces its name.
   */
  JOURNALING,
  /**
   * The least that POSIX gives: any change of names may be lost or kept, kept only with the earlier
   * changes of the same names.
   */
  POSIX
}
