/* The least file system that libfuse 2 can serve: one file, "hello". What bench-fuse compares with. */
#define FUSE_USE_VERSION 26
#include <errno.h>
#include <fuse.h>
#include <string.h>
#include <sys/stat.h>

static const char text[] = "9223372036854771712\n";
static const size_t length = sizeof text - 1;

static int hello_getattr(const char *path, struct stat *stat) {
  memset(stat, 0, sizeof *stat);
  if (strcmp(path, "/") == 0) {
    stat->st_mode = S_IFDIR | 0755;
    stat->st_nlink = 2;
  } else if (strcmp(path, "/hello") == 0) {
    stat->st_mode = S_IFREG | 0644;
    stat->st_nlink = 1;
    stat->st_size = length;
  } else {
    return -ENOENT;
  }
  return 0;
}

static int hello_open(const char *path, struct fuse_file_info *file) {
  (void)file;
  return strcmp(path, "/hello") == 0 ? 0 : -ENOENT;
}

static int hello_read(const char *path, char *to, size_t size, off_t offset, struct fuse_file_info *file) {
  (void)path, (void)file;
  if ((size_t)offset >= length) {
    return 0;
  }
  if (size > length - offset) {
    size = length - offset;
  }
  memcpy(to, text + offset, size);
  return size;
}

static int hello_write(const char *path, const char *from, size_t size, off_t offset, struct fuse_file_info *file) {
  (void)path, (void)from, (void)offset, (void)file;
  return size;
}

static int hello_truncate(const char *path, off_t size) {
  (void)path, (void)size;
  return 0;
}

static const struct fuse_operations operations = {
    .getattr = hello_getattr,
    .open = hello_open,
    .read = hello_read,
    .write = hello_write,
    .truncate = hello_truncate,
};

int main(int argc, char **argv) { return fuse_main(argc, argv, &operations, NULL); }
