# fish completion for vcgroupfs. The options are made from those of the program (decision 43).

# How many words stand behind an option of a command.
function __vcgroupfs_takes # COMMAND OPTION
    switch "$argv[1] $argv[2]"
        #@TAKES@
        case '*'
            echo 0
    end
end

# What is typed before the word that is completed: the command, then "--" if that was there, then operands. Fails if an
# option still waits for a value.
function __vcgroupfs_typed
    set -l command
    set -l waits 0
    set -l ended
    for word in (commandline -opc)[2..-1]
        if set -q ended[1]
            echo -- $word
        else if test $waits -gt 0
            set waits (math $waits - 1)
        else if test "$word" = --
            set ended yes
            echo -- $word
        else if string match -q -- '--*=*' $word
            continue
        else if string match -q -- '-*' $word
            set waits (__vcgroupfs_takes "$command" $word)
        else
            set -q command[1]; or set command $word
            echo -- $word
        end
    end
    test $waits = 0
end

function __vcgroupfs_needs_command
    set -l typed (__vcgroupfs_typed)
    not set -q typed[1]
end

# Whether options of a command may be typed; with "stops" not behind an operand.
function __vcgroupfs_options # COMMAND [stops]
    set -l typed (__vcgroupfs_typed)
    test "$typed[1]" = $argv[1]; or return 1
    contains -- -- $typed; and return 1
    test "$argv[2]" != stops; or not set -q typed[2]
end

# Whether an option is there already, up to the word with that number, -1 is the last.
function __vcgroupfs_has # NUMBER OPTION…
    set -l words (commandline -opc)
    for word in $words[1..$argv[1]]
        contains -- (string replace -r '=.*' '' -- $word) $argv[2..-1]; and return 0
    end
    return 1
end

# Whether the second value of an option is completed.
function __vcgroupfs_second # COMMAND OPTION
    set -l words (commandline -opc)
    test "$words[2]" = $argv[1]; and test "$words[-2]" = $argv[2]
end

function __vcgroupfs_operand # COMMAND
    set -l typed (__vcgroupfs_typed); or return 1
    set typed (string match -v -- -- $typed)
    test "$typed[1]" = $argv[1]; and not set -q typed[2]
end

function __vcgroupfs_behind_dashes # COMMAND
    set -l typed (__vcgroupfs_typed)
    test "$typed[1]" = $argv[1]; and test "$typed[2]" = --
end

# Another program's command line.
function __vcgroupfs_run_command
    set -l typed (__vcgroupfs_typed)
    set -l words (string escape -- $typed[3..-1])
    complete -C (string join ' ' -- $words (commandline -ct))
end

# Words with their meanings, with commas or a plus between them, each once.
function __vcgroupfs_list # WORD MEANING …
    set -l typed (string replace -r '^--[a-z-]+=' '' -- (commandline -ct))
    set -l head (string match -r '^.*[,+]' -- $typed)
    set -l used (string split , -- (string replace -a + , -- "$head"))
    while set -q argv[1]
        contains -- $argv[1] $used; or printf '%s%s\t%s\n' "$head" $argv[1] $argv[2]
        set -e argv[1..2]
    end
end

# Mounts of ours; with "hierarchies" also the kernel's for memory.
function __vcgroupfs_mounts # [hierarchies]
    while read -l -d ' ' source place type flags rest
        if test "$source:$type" = vcgroupfs:fuse.cgroup
            printf '%b\tmount point\n' $place # a blank is \040 there
        else if test "$type:$argv[1]" = cgroup:hierarchies; and string match -q '*,memory,*' ",$flags,"
            printf '%b\thierarchy\n' $place
        end
    end </proc/self/mounts
end

function __vcgroupfs_hierarchies
    __vcgroupfs_mounts hierarchies
    __fish_complete_directories (commandline -ct)
end

#@WORDS@

complete -c vcgroupfs -f
#@LINES@
