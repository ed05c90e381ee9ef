#compdef vcgroupfs
#
# zsh completion for vcgroupfs. The options are made from those of the program (decision 43).

# One of a few words.
_vcgroupfs_word() { # LABEL WORD:MEANING…
  local label=$1
  shift
  local -a words=("$@")
  _describe -V -t values "$label" words
}

# Some words, with commas or a plus between them, each once.
_vcgroupfs_list() { # LABEL WORD:MEANING…
  local label=$1 used word
  shift
  local -a words=()
  compset -P '*[,+]'
  compset -S '[,+]*'
  used=",${${IPREFIX##*=}//+/,}"
  [[ $IPREFIX != *name=* ]] || used=",${${IPREFIX##--[a-z-]#=}//+/,}"
  for word; do
    [[ $used == *,"${word//\\/}",* ]] || words+=("$word")
  done
  _describe -V -t values "$label" words -S ''
}

# Mounts of ours; with "hierarchies" also the kernel's for memory.
_vcgroupfs_places() { # [hierarchies]
  local source place type flags rest expl
  local -a places=()
  while read -r source place type flags rest; do
    case $source:$type:${1-}:,$flags, in
      (vcgroupfs:fuse.cgroup:*) ;;
      (*:cgroup:hierarchies:*,memory,*) ;;
      (*) continue ;;
    esac
    places+=("${(g:o:)place}") # a blank is \040 there
  done </proc/self/mounts
  _wanted mounts expl 'mount point' compadd -a places
}

_vcgroupfs_mounts() {
  _vcgroupfs_places
}

_vcgroupfs_hierarchies() {
  _alternative 'mounts:mount point:_vcgroupfs_places hierarchies' 'directories:directory:_directories'
}

# Another program's command line, behind --; fails if there is none.
_vcgroupfs_run_command() {
  local dashes=${words[(i)--]}
  (( dashes < CURRENT )) || return
  shift $dashes words
  (( CURRENT -= dashes ))
  _normal
  return 0
}

_vcgroupfs_dashes() {
  local expl
  _wanted options expl 'the command stands behind' compadd -- --
}

#@WORDS@

#@COMMANDS@

_vcgroupfs() {
  local curcontext=$curcontext state line ret=1
  typeset -A opt_args
  local -a names
  names=(
    #@NAMES@
  )
  _arguments -C \
    #@ITSELF@
    '1: :->command' \
    '*:: :->rest' && ret=0
  case $state in
    (command) _describe -V -t commands command names && ret=0 ;;
    (rest)
      curcontext=${curcontext%:*:*}:vcgroupfs-$words[1]:
      (( ! $+functions[_vcgroupfs-$words[1]] )) || _call_function ret _vcgroupfs-$words[1]
      ;;
  esac
  return ret
}

_vcgroupfs "$@"
