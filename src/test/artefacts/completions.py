#!/usr/bin/env python3
"""Types command lines into a real shell and compares what it would complete with a table.

  completions.py SHELL SHARE TABLE [NAME=VALUE...]

SHELL is bash, bash-plain (without the package bash-completion), zsh or fish. SHARE is the folder share/ of an installed
tree: each shell finds the completion there by itself, and the program, which must be on PATH. Lines of TABLE:

  LINE | word word      these are the candidates, in whichever order
  LINE | + word word    these are among them
  LINE | ! word word    these are not among them

A | behind a line says where it is to be tried: LINE | words | bash zsh. NAME stands for VALUE in the table, written {NAME}.
A candidate is the whole word as it would stand on the command line, unquoted; of a directory without the slash behind it,
which some shells add later.
Exit status: 0 all is as in the table, 1 something is not, which is printed.
"""
import os
import pty
import re
import select
import shlex
import subprocess
import sys
import time

ESCAPE_INSERT_ALL = "\x1b*"  # readline: insert-completions
ASK = "\x18\x10"  # Ctrl-X Ctrl-P: bound to what prints the answer
KILL_LINE = "\x15"

BASH = r"""
PS1='' PS2=''
bind 'set bell-style none'
bind 'set enable-bracketed-paste off'
bind 'set completion-query-items -1'
@LOAD@
answer() { printf '%s\0' "$READLINE_LINE" >&"$ANSWERS"; READLINE_LINE='' READLINE_POINT=0; }
bind -x '"\C-x\C-p": answer'
printf 'ready\0' >&"$ANSWERS"
"""

ZSH = r"""
PS1='' PS2='' PROMPT_EOL_MARK=''
unsetopt beep zle_bracketed_paste 2>/dev/null
fpath=("$SHARE/zsh/site-functions" $fpath)
autoload -Uz compinit && compinit -D -u
LISTMAX=0
compadd() {
  local each
  for each; do
    [[ $each != (-|--) ]] || break
    if [[ $each == -[a-zA-Z0-9]#[OAD] ]]; then # only fills arrays
      builtin compadd "$@"
      return
    fi
  done
  local -a __hits
  builtin compadd -A __hits "$@"
  (( ! $#__hits )) || printf '%s\n' "${__hits[@]}" >&$ANSWERS
  builtin compadd "$@"
}
setopt extended_glob
answer() { printf '\0' >&$ANSWERS; BUFFER=''; }
zle -N answer
bindkey -e
bindkey '^X^P' answer
bindkey '\e*' list-choices
printf 'ready\0' >&$ANSWERS
"""


class Typist:
    """An interactive shell on a terminal of its own, which answers through a pipe."""

    def __init__(self, command, setup, share):
        answers, theirs = os.pipe()
        self.answers = answers
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.set_inheritable(theirs, True)
            os.dup2(theirs, 9)
            os.environ.update(ANSWERS="9", SHARE=share, TERM="dumb", COLUMNS="200")
            os.execvp(command[0], command)
        os.close(theirs)
        os.write(self.terminal, (" . %s\n" % setup).encode())
        if self.answer() != "ready":
            raise SystemExit("completions.py: %s did not start" % command[0])

    def answer(self):
        """What the shell has written, up to a NUL; what it paints is thrown away."""
        said = b""
        end = time.monotonic() + 30
        while not said.endswith(b"\0"):
            ready, _, _ = select.select([self.answers, self.terminal], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise SystemExit("completions.py: no answer within 30 s, only %r" % said)
            if self.terminal in ready:
                os.read(self.terminal, 65536)
            if self.answers in ready:
                piece = os.read(self.answers, 65536)
                if not piece:
                    raise SystemExit("completions.py: the shell has ended, after %r" % said)
                said += piece
        return said[:-1].decode()

    def type(self, line):
        os.write(self.terminal, (KILL_LINE + line + ESCAPE_INSERT_ALL + ASK).encode())
        return self.answer()

    def end(self):
        os.close(self.terminal)  # hangs up
        os.waitpid(self.pid, 0)


def last_word(line):
    """Where the word that is completed begins: behind the last blank that is not escaped."""
    blanks = [match.end() for match in re.finditer(r"(?<!\\) ", line)]
    return blanks[-1] if blanks else 0


def whole(word, hit):
    """The word as it would be: a shell may only tell how it goes on behind a sign such as = or a comma."""
    plain = word.replace("\\", "")
    for end in range(len(plain) + 1):
        if (plain[:end] + hit).startswith(plain):
            return plain[:end] + hit
    return hit


def bash_candidates(typist, line):
    said = typist.type(line)
    start = last_word(line)
    rest = said[start:]
    if said.rstrip() == line.rstrip() and not said.endswith(" "):
        return set()
    word = line[start:]
    cut = max(word.rfind("="), word.rfind(":")) + 1
    hits = shlex.split(rest[cut:])
    return {whole(word, hit) for hit in hits} if rest != word else set()


def zsh_candidates(typist, line):
    word = line[last_word(line):]
    return {whole(word, hit.replace("\\ ", " ")) for hit in typist.type(line).splitlines()}


def fish_candidates(line):
    home = os.environ["WORK"]
    said = subprocess.run(
        ["fish", "-c", "complete -C $argv[1]", line],
        env=dict(os.environ, HOME=home, XDG_CONFIG_HOME=home, XDG_DATA_HOME=home),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30, check=False)
    if said.returncode or said.stderr:
        raise SystemExit("completions.py: fish says %s %s" % (said.returncode, said.stderr.decode()))
    hits = [each.split("\t")[0].replace("\\ ", " ") for each in said.stdout.decode().splitlines()]
    return {whole(line[last_word(line):], hit) for hit in hits}


def start(shell, share, folder):
    """A function from a line to its candidates, and what ends the shell."""
    os.environ["XDG_DATA_DIRS"] = share + ":" + os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share")
    if shell == "fish":
        return fish_candidates, lambda: None
    setup = os.path.join(folder, "setup-" + shell)
    if shell == "zsh":
        text, command, ask = ZSH, ["zsh", "-f", "-i"], zsh_candidates
    else:
        load = (". /usr/share/bash-completion/bash_completion" if shell == "bash"
                else '. "$SHARE/bash-completion/completions/vcgroupfs"')
        text, command, ask = BASH.replace("@LOAD@", load), ["bash", "--noprofile", "--norc", "-i"], bash_candidates
    with open(setup, "w", encoding="utf-8") as file:
        file.write(text)
    typist = Typist(command, setup, share)
    return (lambda line: ask(typist, line)), typist.end


def rows(table, values):
    with open(table, encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                for name, value in values.items():
                    line = line.replace("{%s}" % name, value)
                parts = [part.strip(" \n") if i else part for i, part in enumerate(line.split(" | "))]
                yield parts[0], [word.rstrip("/") for word in shlex.split(parts[1])] if len(parts) > 1 else [], parts[2:]


def wrong(expected, found):
    if expected[:1] == ["+"]:
        missing = set(expected[1:]) - found
        return "misses %s" % sorted(missing) if missing else ""
    if expected[:1] == ["!"]:
        there = set(expected[1:]) & found
        return "has %s" % sorted(there) if there else ""
    return "" if set(expected) == found else "wanted %s" % sorted(expected)


def main():
    shell, share, table = sys.argv[1:4]
    values = dict(each.split("=", 1) for each in sys.argv[4:])
    candidates, end = start(shell, share, os.environ["WORK"])
    tried = failed = 0
    for line, expected, only in rows(table, values):
        if only and shell.split("-")[0] not in only[0].split():
            continue
        found = {each.rstrip("/") for each in candidates(line)}
        complaint = wrong(expected, found)
        tried += 1
        if complaint:
            failed += 1
            print("FAILED %s: '%s' gave %s, %s" % (shell, line, sorted(found)[:40], complaint))
    end()
    if not tried:
        raise SystemExit("completions.py: the table has no line for " + shell)
    print("%s: %d of %d command lines complete as they should" % (shell, tried - failed, tried))
    sys.exit(1 if failed else 0)


main()
