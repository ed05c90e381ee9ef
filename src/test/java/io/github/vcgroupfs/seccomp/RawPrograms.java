package io.github.vcgroupfs.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Small static programs that make system calls themselves, as Go programs do, and print {@code
 * /proc/self/cgroup}. They are made from assembly with binutils.
 */
final class RawPrograms {
  private static final String OPEN_64 =
      """
       mov $2, %eax
       lea path(%rip), %rdi
       xor %esi, %esi
       xor %edx, %edx
       syscall
      """;

  /** With a {@code struct open_how} of zeros. */
  private static final String OPENAT2_64 =
      """
       sub $24, %rsp
       movq $0, (%rsp)
       movq $0, 8(%rsp)
       movq $0, 16(%rsp)
       mov $437, %eax
       mov $-100, %edi
       lea path(%rip), %rsi
       mov %rsp, %rdx
       mov $24, %r10d
       syscall
      """;

  /** Reads from the descriptor in eax, and writes what comes; else the errno is the exit status. */
  private static final String PRINT_64 =
      """
       test %eax, %eax
       js fail
       mov %eax, %edi
       sub $4096, %rsp
       xor %eax, %eax
       mov %rsp, %rsi
       mov $4096, %edx
       syscall
       mov %eax, %edx
       mov $1, %eax
       mov $1, %edi
       mov %rsp, %rsi
       syscall
       xor %eax, %eax
      fail:
       neg %eax
       mov %eax, %edi
       mov $60, %eax
       syscall
      """;

  private static final String OPEN_32 =
      """
       movl $5, %eax
       movl $path, %ebx
       xorl %ecx, %ecx
       xorl %edx, %edx
       int $0x80
       testl %eax, %eax
       js fail
       movl %eax, %ebx
       subl $4096, %esp
       movl $3, %eax
       movl %esp, %ecx
       movl $4096, %edx
       int $0x80
       movl %eax, %edx
       movl $4, %eax
       movl $1, %ebx
       movl %esp, %ecx
       int $0x80
       xorl %eax, %eax
      fail:
       negl %eax
       movl %eax, %ebx
       movl $1, %eax
       int $0x80
      """;

  private RawPrograms() {}

  /** With open. */
  static Path open(Path folder) throws Exception {
    return make(folder, "open64", OPEN_64 + PRINT_64, List.of(), List.of());
  }

  /** With openat2. */
  static Path openat2(Path folder) throws Exception {
    return make(folder, "openat2", OPENAT2_64 + PRINT_64, List.of(), List.of());
  }

  /** Of 32 bits. */
  static Path open32(Path folder) throws Exception {
    return make(folder, "open32", OPEN_32, List.of("--32"), List.of("-m", "elf_i386"));
  }

  private static Path make(
      Path folder, String name, String code, List<String> forAs, List<String> forLd)
      throws Exception {
    Path source = folder.resolve(name + ".s");
    Path object = folder.resolve(name + ".o");
    Path program = folder.resolve(name);
    Files.writeString(
        source,
        """
         .globl _start
         .section .rodata
        path: .asciz "/proc/self/cgroup"
         .text
        _start:
        %s"""
            .formatted(code));
    run("as", forAs, source, object);
    run("ld", forLd, object, program);
    return program;
  }

  private static void run(String tool, List<String> options, Path from, Path to)
      throws IOException, InterruptedException {
    List<String> words =
        Stream.of(List.of(tool), options, List.of(from.toString(), "-o", to.toString()))
            .flatMap(List::stream)
            .toList();
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor()).as("%s: %s", words, said).isZero();
  }
}
