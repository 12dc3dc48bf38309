/*
 * Journals what a process does to the files of one directory, so that a test can compute what a disk
 * might hold after power loss. Loaded with LD_PRELOAD.
 *
 *   POWERLOSS_DIRECTORY  absolute path without symbolic links of the directory to watch
 *   POWERLOSS_JOURNAL    file outside of it that events are appended to
 *   POWERLOSS_NOTES      optional path; what is written to this file is journaled as a note
 *
 * An event is one append to the journal, in host byte order:
 *   u32 length of the rest, u8 type, u64 inode, u64 a, u64 b, u16 + bytes path, u16 + bytes other
 *   path, bytes data.
 * Events of one directory are in the order in which they happened: a lock is held over the call and
 * its event. fsync is called outside of the lock; its event carries the length of the journal when it
 * began, and covers only what came before that.
 *
 * Not seen: writes through mmap, through stdio (of which only the creation is seen), by syscall(2).
 * sync_file_range gives no durability and is not journaled; copy_file_range and sendfile to a watched
 * file are refused so that callers fall back on write.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
  CREATE = 1, WRITE = 2, TRUNCATE = 3, ALLOCATE = 4, FSYNC = 5,
  RENAME = 6, UNLINK = 7, MAKE_DIRECTORY = 8, LINK = 9, NOTE = 10
};

#define FILES_MAX 65536
#define NOTES_MARK UINT64_MAX
#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type (*)(__VA_ARGS__)) dlsym(RTLD_NEXT, name)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t inode_of[FILES_MAX]; /* by descriptor; 0: not watched */
static int journal = -1;
static char directory[PATH_MAX];
static char notes[PATH_MAX];

static ssize_t real_write(int fd, const void *bytes, size_t count) {
  REAL(ssize_t, "write", int, const void *, size_t);
  return real(fd, bytes, count);
}

static void die(const char *what) {
  perror(what);
  _exit(99);
}

__attribute__((constructor)) static void start(void) {
  const char *watched = getenv("POWERLOSS_DIRECTORY");
  const char *journal_path = getenv("POWERLOSS_JOURNAL");
  const char *notes_path = getenv("POWERLOSS_NOTES");
  if (!watched || !journal_path || strlen(watched) >= PATH_MAX) return;
  REAL(int, "open", const char *, int, ...);
  int fd = real(journal_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd < 0) die("powerloss: journal");
  strcpy(directory, watched);
  if (notes_path && strlen(notes_path) < PATH_MAX) strcpy(notes, notes_path);
  journal = fd;
}

/* Holding the lock. */
static void event(int type, uint64_t inode, uint64_t a, uint64_t b, const char *path,
                  const char *other, const struct iovec *data, int data_count, size_t data_bytes) {
  uint16_t path_length = path ? strlen(path) : 0, other_length = other ? strlen(other) : 0;
  uint32_t rest = 1 + 3 * 8 + 2 + path_length + 2 + other_length + data_bytes;
  char *record = malloc(4 + rest), *at = record;
  if (!record) die("powerloss: memory");
#define PUT(source, length) do { memcpy(at, source, length); at += length; } while (0)
  uint8_t type_byte = type;
  PUT(&rest, 4);
  PUT(&type_byte, 1);
  PUT(&inode, 8);
  PUT(&a, 8);
  PUT(&b, 8);
  PUT(&path_length, 2);
  if (path_length) PUT(path, path_length);
  PUT(&other_length, 2);
  if (other_length) PUT(other, other_length);
  for (int i = 0; i < data_count && data_bytes > 0; i++) {
    size_t part = data[i].iov_len < data_bytes ? data[i].iov_len : data_bytes;
    PUT(data[i].iov_base, part);
    data_bytes -= part;
  }
#undef PUT
  if (real_write(journal, record, 4 + rest) != (ssize_t) (4 + rest)) die("powerloss: journal");
  free(record);
}

static uint64_t watched_inode(int fd) {
  return journal >= 0 && fd >= 0 && fd < FILES_MAX ? inode_of[fd] : 0;
}

/* The absolute path without symbolic links in its parent; false if it is not watched. */
static int watched_path(int at, const char *path, char *result) {
  char base[2 * PATH_MAX], parent[PATH_MAX];
  if (journal < 0 || !path || strlen(path) >= PATH_MAX) return 0;
  if (path[0] == '/') {
    strcpy(base, path);
  } else {
    char link[64];
    ssize_t length;
    if (at == AT_FDCWD) {
      if (!getcwd(base, PATH_MAX)) return 0;
      length = strlen(base);
    } else {
      snprintf(link, sizeof link, "/proc/self/fd/%d", at);
      length = readlink(link, base, PATH_MAX - 1);
      if (length < 0) return 0;
    }
    base[length] = '/';
    strcpy(base + length + 1, path);
  }
  size_t length = strlen(base);
  while (length > 1 && base[length - 1] == '/') base[--length] = 0;
  char *slash = strrchr(base, '/');
  if (!slash) return 0;
  *slash = 0;
  if (!realpath(*base ? base : "/", parent)) return 0;
  if (strlen(parent) + strlen(slash + 1) + 2 > PATH_MAX) return 0;
  strcpy(result, parent);
  if (strcmp(parent, "/") != 0) strcat(result, "/");
  strcat(result, slash + 1);
  size_t prefix = strlen(directory);
  return (strncmp(result, directory, prefix) == 0
          && (result[prefix] == 0 || result[prefix] == '/'))
      || (notes[0] && strcmp(result, notes) == 0);
}

static void opened(int fd, int existed, int flags, const char *path) {
  struct stat status;
  if (fd < 0 || fd >= FILES_MAX || fstat(fd, &status) != 0) return;
  if (strcmp(path, notes) == 0) {
    inode_of[fd] = NOTES_MARK;
    return;
  }
  inode_of[fd] = status.st_ino;
  if (!existed) {
    event(CREATE, status.st_ino, 0, 0, path, NULL, NULL, 0, 0);
  } else if (flags & O_TRUNC) {
    event(TRUNCATE, status.st_ino, 0, 0, NULL, NULL, NULL, 0, 0);
  }
}

static int open_any(const char *name, int with_directory, int at, const char *path, int flags,
                    mode_t mode) {
  int (*real)() = (int (*)()) dlsym(RTLD_NEXT, name);
  char resolved[PATH_MAX];
  if (!watched_path(at, path, resolved)) {
    int fd = with_directory ? real(at, path, flags, mode) : real(path, flags, mode);
    if (fd >= 0 && fd < FILES_MAX) inode_of[fd] = 0;
    return fd;
  }
  pthread_mutex_lock(&lock);
  struct stat status;
  int existed = stat(resolved, &status) == 0;
  int fd = with_directory ? real(at, path, flags, mode) : real(path, flags, mode);
  int saved = errno;
  opened(fd, existed, flags, resolved);
  pthread_mutex_unlock(&lock);
  errno = saved;
  return fd;
}

#define MODE_OF(flags) \
  mode_t mode = 0; \
  if (((flags) & O_CREAT) || ((flags) & O_TMPFILE) == O_TMPFILE) { \
    va_list arguments; \
    va_start(arguments, flags); \
    mode = va_arg(arguments, mode_t); \
    va_end(arguments); \
  }

int open(const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_any("open", 0, AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_any("open64", 0, AT_FDCWD, path, flags, mode);
}

int openat(int at, const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_any("openat", 1, at, path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_any("openat64", 1, at, path, flags, mode);
}

int creat(const char *path, mode_t mode) {
  return open_any("open", 0, AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int creat64(const char *path, mode_t mode) {
  return open_any("open64", 0, AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

static FILE *fopen_any(const char *name, const char *path, const char *mode) {
  FILE *(*real)(const char *, const char *) =
      (FILE *(*)(const char *, const char *)) dlsym(RTLD_NEXT, name);
  char resolved[PATH_MAX];
  struct stat status;
  if (!watched_path(AT_FDCWD, path, resolved)) return real(path, mode);
  pthread_mutex_lock(&lock);
  int existed = stat(resolved, &status) == 0;
  FILE *file = real(path, mode);
  int saved = errno;
  if (file && !existed && fstat(fileno(file), &status) == 0) {
    event(CREATE, status.st_ino, 0, 0, resolved, NULL, NULL, 0, 0);
  }
  pthread_mutex_unlock(&lock);
  errno = saved;
  return file;
}

FILE *fopen(const char *path, const char *mode) { return fopen_any("fopen", path, mode); }
FILE *fopen64(const char *path, const char *mode) { return fopen_any("fopen64", path, mode); }

int close(int fd) {
  REAL(int, "close", int);
  if (fd >= 0 && fd < FILES_MAX) inode_of[fd] = 0;
  return real(fd);
}

static void duplicated(int from, int to) {
  if (from >= 0 && from < FILES_MAX && to >= 0 && to < FILES_MAX) inode_of[to] = inode_of[from];
}

int dup(int fd) {
  REAL(int, "dup", int);
  int copy = real(fd);
  duplicated(fd, copy);
  return copy;
}

int dup2(int fd, int to) {
  REAL(int, "dup2", int, int);
  int copy = real(fd, to);
  duplicated(fd, copy);
  return copy;
}

/* Holding the lock, before the write: where it will go. */
static off_t write_position(int fd) {
  struct stat status;
  if ((fcntl(fd, F_GETFL) & O_APPEND) && fstat(fd, &status) == 0) return status.st_size;
  return lseek(fd, 0, SEEK_CUR);
}

static void written(uint64_t inode, off_t at, const struct iovec *data, int count, ssize_t bytes) {
  int saved = errno;
  if (bytes > 0) {
    event(inode == NOTES_MARK ? NOTE : WRITE, inode, at, bytes, NULL, NULL, data, count, bytes);
  }
  errno = saved;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  uint64_t inode = watched_inode(fd);
  if (!inode) return real_write(fd, bytes, count);
  pthread_mutex_lock(&lock);
  off_t at = write_position(fd);
  ssize_t done = real_write(fd, bytes, count);
  struct iovec data = {(void *) bytes, count};
  written(inode, at, &data, 1, done);
  pthread_mutex_unlock(&lock);
  return done;
}

ssize_t writev(int fd, const struct iovec *data, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  uint64_t inode = watched_inode(fd);
  if (!inode) return real(fd, data, count);
  pthread_mutex_lock(&lock);
  off_t at = write_position(fd);
  ssize_t done = real(fd, data, count);
  written(inode, at, data, count, done);
  pthread_mutex_unlock(&lock);
  return done;
}

#define PWRITE(name) \
  ssize_t name(int fd, const void *bytes, size_t count, off_t at) { \
    REAL(ssize_t, #name, int, const void *, size_t, off_t); \
    uint64_t inode = watched_inode(fd); \
    if (!inode) return real(fd, bytes, count, at); \
    pthread_mutex_lock(&lock); \
    ssize_t done = real(fd, bytes, count, at); \
    struct iovec data = {(void *) bytes, count}; \
    written(inode, at, &data, 1, done); \
    pthread_mutex_unlock(&lock); \
    return done; \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

#define PWRITEV(name) \
  ssize_t name(int fd, const struct iovec *data, int count, off_t at) { \
    REAL(ssize_t, #name, int, const struct iovec *, int, off_t); \
    uint64_t inode = watched_inode(fd); \
    if (!inode) return real(fd, data, count, at); \
    pthread_mutex_lock(&lock); \
    ssize_t done = real(fd, data, count, at); \
    written(inode, at, data, count, done); \
    pthread_mutex_unlock(&lock); \
    return done; \
  }
PWRITEV(pwritev)
PWRITEV(pwritev64)

#define REFUSED(fd) (watched_inode(fd) != 0)

ssize_t copy_file_range(int in, off64_t *in_at, int out, off64_t *out_at, size_t count,
                        unsigned flags) {
  REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
  if (REFUSED(out)) {
    errno = EINVAL;
    return -1;
  }
  return real(in, in_at, out, out_at, count, flags);
}

#define SENDFILE(name) \
  ssize_t name(int out, int in, off_t *at, size_t count) { \
    REAL(ssize_t, #name, int, int, off_t *, size_t); \
    if (REFUSED(out)) { \
      errno = EINVAL; \
      return -1; \
    } \
    return real(out, in, at, count); \
  }
SENDFILE(sendfile)
SENDFILE(sendfile64)

#define FTRUNCATE(name) \
  int name(int fd, off_t length) { \
    REAL(int, #name, int, off_t); \
    uint64_t inode = watched_inode(fd); \
    if (!inode) return real(fd, length); \
    pthread_mutex_lock(&lock); \
    int result = real(fd, length); \
    int saved = errno; \
    if (result == 0) event(TRUNCATE, inode, length, 0, NULL, NULL, NULL, 0, 0); \
    pthread_mutex_unlock(&lock); \
    errno = saved; \
    return result; \
  }
FTRUNCATE(ftruncate)
FTRUNCATE(ftruncate64)

static int truncate_any(const char *name, const char *path, off_t length) {
  int (*real)(const char *, off_t) = (int (*)(const char *, off_t)) dlsym(RTLD_NEXT, name);
  char resolved[PATH_MAX];
  struct stat status;
  if (!watched_path(AT_FDCWD, path, resolved)) return real(path, length);
  pthread_mutex_lock(&lock);
  int result = real(path, length);
  int saved = errno;
  if (result == 0 && stat(resolved, &status) == 0) {
    event(TRUNCATE, status.st_ino, length, 0, NULL, NULL, NULL, 0, 0);
  }
  pthread_mutex_unlock(&lock);
  errno = saved;
  return result;
}

int truncate(const char *path, off_t length) { return truncate_any("truncate", path, length); }
int truncate64(const char *path, off_t length) { return truncate_any("truncate64", path, length); }

/* Matters only where it makes the file longer. */
static void allocated(uint64_t inode, int mode, off_t at, off_t length) {
  if (!(mode & FALLOC_FL_KEEP_SIZE)) {
    event(ALLOCATE, inode, at + length, 0, NULL, NULL, NULL, 0, 0);
  }
}

#define FALLOCATE(name) \
  int name(int fd, int mode, off_t at, off_t length) { \
    REAL(int, #name, int, int, off_t, off_t); \
    uint64_t inode = watched_inode(fd); \
    if (!inode) return real(fd, mode, at, length); \
    pthread_mutex_lock(&lock); \
    int result = real(fd, mode, at, length); \
    int saved = errno; \
    if (result == 0) allocated(inode, mode, at, length); \
    pthread_mutex_unlock(&lock); \
    errno = saved; \
    return result; \
  }
FALLOCATE(fallocate)
FALLOCATE(fallocate64)

#define POSIX_FALLOCATE(name) \
  int name(int fd, off_t at, off_t length) { \
    REAL(int, #name, int, off_t, off_t); \
    uint64_t inode = watched_inode(fd); \
    if (!inode) return real(fd, at, length); \
    pthread_mutex_lock(&lock); \
    int result = real(fd, at, length); \
    if (result == 0) allocated(inode, 0, at, length); \
    pthread_mutex_unlock(&lock); \
    return result; \
  }
POSIX_FALLOCATE(posix_fallocate)
POSIX_FALLOCATE(posix_fallocate64)

#define FSYNC_CALL(name) \
  int name(int fd) { \
    REAL(int, #name, int); \
    uint64_t inode = watched_inode(fd); \
    if (!inode || inode == NOTES_MARK) return real(fd); \
    pthread_mutex_lock(&lock); \
    off_t begun = lseek(journal, 0, SEEK_END); \
    pthread_mutex_unlock(&lock); \
    int result = real(fd); \
    int saved = errno; \
    if (result == 0) { \
      pthread_mutex_lock(&lock); \
      event(FSYNC, inode, begun, 0, NULL, NULL, NULL, 0, 0); \
      pthread_mutex_unlock(&lock); \
    } \
    errno = saved; \
    return result; \
  }
FSYNC_CALL(fsync)
FSYNC_CALL(fdatasync)

/* Runs CALL under the lock and journals it if it gave 0. */
#define JOURNALED(call, journaling) \
  pthread_mutex_lock(&lock); \
  int result = call; \
  int saved = errno; \
  if (result == 0) { journaling; } \
  pthread_mutex_unlock(&lock); \
  errno = saved; \
  return result

static int rename_any(int from_at, const char *from, int to_at, const char *to, int (*call)(void *),
                      void *context) {
  char from_path[PATH_MAX], to_path[PATH_MAX];
  if (!watched_path(from_at, from, from_path) || !watched_path(to_at, to, to_path)) {
    return call(context);
  }
  JOURNALED(call(context), event(RENAME, 0, 0, 0, from_path, to_path, NULL, 0, 0));
}

struct rename_call { int from_at; const char *from; int to_at; const char *to; unsigned flags; };

static int call_rename(void *context) {
  REAL(int, "rename", const char *, const char *);
  struct rename_call *call = context;
  return real(call->from, call->to);
}

static int call_renameat(void *context) {
  REAL(int, "renameat", int, const char *, int, const char *);
  struct rename_call *call = context;
  return real(call->from_at, call->from, call->to_at, call->to);
}

static int call_renameat2(void *context) {
  REAL(int, "renameat2", int, const char *, int, const char *, unsigned);
  struct rename_call *call = context;
  return real(call->from_at, call->from, call->to_at, call->to, call->flags);
}

int rename(const char *from, const char *to) {
  struct rename_call call = {AT_FDCWD, from, AT_FDCWD, to, 0};
  return rename_any(AT_FDCWD, from, AT_FDCWD, to, call_rename, &call);
}

int renameat(int from_at, const char *from, int to_at, const char *to) {
  struct rename_call call = {from_at, from, to_at, to, 0};
  return rename_any(from_at, from, to_at, to, call_renameat, &call);
}

int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
  struct rename_call call = {from_at, from, to_at, to, flags};
  return rename_any(from_at, from, to_at, to, call_renameat2, &call);
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  char resolved[PATH_MAX];
  if (!watched_path(AT_FDCWD, path, resolved)) return real(path);
  JOURNALED(real(path), event(UNLINK, 0, 0, 0, resolved, NULL, NULL, 0, 0));
}

int unlinkat(int at, const char *path, int flags) {
  REAL(int, "unlinkat", int, const char *, int);
  char resolved[PATH_MAX];
  if (!watched_path(at, path, resolved)) return real(at, path, flags);
  JOURNALED(real(at, path, flags), event(UNLINK, 0, 0, 0, resolved, NULL, NULL, 0, 0));
}

int rmdir(const char *path) {
  REAL(int, "rmdir", const char *);
  char resolved[PATH_MAX];
  if (!watched_path(AT_FDCWD, path, resolved)) return real(path);
  JOURNALED(real(path), event(UNLINK, 0, 0, 0, resolved, NULL, NULL, 0, 0));
}

int remove(const char *path) {
  REAL(int, "remove", const char *);
  char resolved[PATH_MAX];
  if (!watched_path(AT_FDCWD, path, resolved)) return real(path);
  JOURNALED(real(path), event(UNLINK, 0, 0, 0, resolved, NULL, NULL, 0, 0));
}

static void made_directory(const char *path) {
  struct stat status;
  if (stat(path, &status) == 0) {
    event(MAKE_DIRECTORY, status.st_ino, 0, 0, path, NULL, NULL, 0, 0);
  }
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  char resolved[PATH_MAX];
  if (!watched_path(AT_FDCWD, path, resolved)) return real(path, mode);
  JOURNALED(real(path, mode), made_directory(resolved));
}

int mkdirat(int at, const char *path, mode_t mode) {
  REAL(int, "mkdirat", int, const char *, mode_t);
  char resolved[PATH_MAX];
  if (!watched_path(at, path, resolved)) return real(at, path, mode);
  JOURNALED(real(at, path, mode), made_directory(resolved));
}

int link(const char *from, const char *to) {
  REAL(int, "link", const char *, const char *);
  char from_path[PATH_MAX], to_path[PATH_MAX];
  if (!watched_path(AT_FDCWD, from, from_path) || !watched_path(AT_FDCWD, to, to_path)) {
    return real(from, to);
  }
  JOURNALED(real(from, to), event(LINK, 0, 0, 0, from_path, to_path, NULL, 0, 0));
}

int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
  REAL(int, "linkat", int, const char *, int, const char *, int);
  char from_path[PATH_MAX], to_path[PATH_MAX];
  if (!watched_path(from_at, from, from_path) || !watched_path(to_at, to, to_path)) {
    return real(from_at, from, to_at, to, flags);
  }
  JOURNALED(real(from_at, from, to_at, to, flags),
            event(LINK, 0, 0, 0, from_path, to_path, NULL, 0, 0));
}
