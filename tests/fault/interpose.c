/*
 * Loaded into a process before its libraries (LD_PRELOAD): the calls to the C library that reach a folder fail when they are
 * told to. Nothing of the product knows of it, so what fails is what ships.
 *
 * FAULT_FOLDER is the folder; FAULT_CONTROL is a file of five 32-bit integers, which another process changes at any time:
 * the kinds of calls that count (bits), the errno, how many may still pass, whether all later ones fail too, and how many
 * have been counted, which is written here.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPENS = 1, WRITES = 2, SYNCS = 4, READS = 8, NAMES = 16, SOCKETS = 32 };

struct control {
  atomic_int kinds, error, passing, lasting, counted;
};

static struct control *control;
static const char *folder;

__attribute__((constructor)) static void start(void) {
  const char *file = getenv("FAULT_CONTROL");
  folder = getenv("FAULT_FOLDER");
  int fd = file && folder ? open(file, O_RDWR) : -1;
  void *mapped = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (mapped == MAP_FAILED) {
    fprintf(stderr, "interpose: FAULT_CONTROL and FAULT_FOLDER are needed\n");
    _exit(70);
  }
  control = mapped;
  close(fd);
}

static int is_inside(const char *path) { return path && !strncmp(path, folder, strlen(folder)); }

static int is_open_inside(int fd) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_inside(path);
}

static int counts(int kind) { return control && control->error && (control->kinds & kind); }

/* Whether this call, which counts, has to fail; errno is set then. */
static int fails(void) {
  int saw = atomic_fetch_add(&control->counted, 1);
  int passing = control->passing;
  if (saw < passing || (saw > passing && !control->lasting)) return 0;
  errno = control->error;
  return 1;
}

static int fd_fails(int kind, int fd) { return counts(kind) && is_open_inside(fd) && fails(); }
static int path_fails(int kind, const char *path) { return counts(kind) && is_inside(path) && fails(); }

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define ON_FD(kind, type, name, parameters, arguments) \
  type name parameters { return fd_fails(kind, fd) ? -1 : REAL(name) arguments; }
#define ON_PATH(kind, name, parameters, arguments) \
  int name parameters { return path_fails(kind, path) ? -1 : REAL(name) arguments; }
#define OPENING(name, parameters, arguments) \
  int name parameters { \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0; \
    va_end(rest); \
    return path_fails(OPENS, path) ? -1 : REAL(name) arguments; \
  }

OPENING(open, (const char *path, int flags, ...), (path, flags, mode))
OPENING(open64, (const char *path, int flags, ...), (path, flags, mode))
OPENING(openat, (int at, const char *path, int flags, ...), (at, path, flags, mode))
OPENING(openat64, (int at, const char *path, int flags, ...), (at, path, flags, mode))

ON_FD(WRITES, ssize_t, write, (int fd, const void *from, size_t size), (fd, from, size))
ON_FD(WRITES, ssize_t, pwrite, (int fd, const void *from, size_t size, off_t at), (fd, from, size, at))
ON_FD(WRITES, ssize_t, pwrite64, (int fd, const void *from, size_t size, off64_t at), (fd, from, size, at))
ON_FD(WRITES, ssize_t, writev, (int fd, const struct iovec *from, int count), (fd, from, count))
ON_FD(WRITES, ssize_t, pwritev, (int fd, const struct iovec *from, int count, off_t at), (fd, from, count, at))
ON_FD(WRITES, ssize_t, pwritev64, (int fd, const struct iovec *from, int count, off64_t at), (fd, from, count, at))
ON_FD(WRITES, int, ftruncate, (int fd, off_t size), (fd, size))
ON_FD(WRITES, int, ftruncate64, (int fd, off64_t size), (fd, size))

ON_FD(SYNCS, int, fsync, (int fd), (fd))
ON_FD(SYNCS, int, fdatasync, (int fd), (fd))

ON_FD(READS, ssize_t, read, (int fd, void *to, size_t size), (fd, to, size))
ON_FD(READS, ssize_t, pread, (int fd, void *to, size_t size, off_t at), (fd, to, size, at))
ON_FD(READS, ssize_t, pread64, (int fd, void *to, size_t size, off64_t at), (fd, to, size, at))

ON_PATH(NAMES, unlink, (const char *path), (path))
ON_PATH(NAMES, mkdir, (const char *path, mode_t mode), (path, mode))
ON_PATH(NAMES, rename, (const char *path, const char *to), (path, to))
ON_PATH(NAMES, link, (const char *path, const char *to), (path, to))

int socket(int domain, int type, int protocol) {
  return counts(SOCKETS) && fails() ? -1 : REAL(socket)(domain, type, protocol);
}
