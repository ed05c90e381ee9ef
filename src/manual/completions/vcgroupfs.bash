# bash completion for vcgroupfs                                                    -*- shell-script -*-
#
# Works in bash 4.2 and later, with and without the package bash-completion. The tables are made from the options of the
# program (decision 43). Two TABs in a row also show what the words mean.
#
# shellcheck shell=bash

# Sets options, and stops if they must stand before the operand.
_vcgroupfs_options() { # COMMAND
  options=() stops=''
  case $1 in
    #@OPTIONS@
  esac
}

# Sets what stands behind an option, or at the place "operand": kind, words, count (how many), often (whether the option
# may come again). A word has its meaning behind a tabulator.
_vcgroupfs_value() { # COMMAND OPTION
  kind=flag words=() count=1 often=''
  case $1:$2 in
    #@VALUES@
  esac
}

# Takes the words that begin with what is typed.
_vcgroupfs_reply() { # PREFIX WORD…
  local prefix=$1 word text
  shift
  for word; do
    text=$prefix${word%%$'\t'*}
    if [[ $text == "$whole"* ]]; then
      COMPREPLY+=("${text#"$glued"}")
      meanings+=("${word#"${word%%$'\t'*}"}")
    fi
  done
}

# Takes the mounts of ours; with "hierarchies" also the kernel's for memory.
_vcgroupfs_mounts() { # PREFIX [hierarchies]
  local source place type flags
  while read -r source place type flags _; do
    case $source:$type:${2-}:,$flags, in
      vcgroupfs:fuse.cgroup:*) ;;
      *:cgroup:hierarchies:*,memory,*) ;;
      *) continue ;;
    esac
    printf -v place %b "$place" # a blank is \040 there
    place=$1$place
    [[ $place != "$plain"* ]] || COMPREPLY+=("${place#"$glued"}")
  done </proc/self/mounts
}

# Completes a value of the kind that is set.
_vcgroupfs_complete() { # PREFIX
  local prefix=$1 word head
  local -a left=()
  case $kind in
    word) _vcgroupfs_reply "$prefix" "${words[@]}" ;;
    list)
      head=${whole#"$prefix"}
      if [[ $head == *[,+]* ]]; then
        word=${head##*[,+]}
        head=${head%"$word"}
      else
        head=''
      fi
      for word in "${words[@]}"; do # each once
        [[ ,${head//+/,} == *,"${word%%$'\t'*}",* ]] || left+=("$word")
      done
      _vcgroupfs_reply "$prefix$head" "${left[@]}"
      compopt -o nospace
      ;;
    # readline itself completes files: it knows all about blanks and quotes.
    file) compopt -o default ;;
    directory) compopt -o filenames -o dirnames ;;
    mount)
      compopt -o filenames
      _vcgroupfs_mounts "$prefix"
      ;;
    hierarchy)
      compopt -o filenames -o plusdirs
      _vcgroupfs_mounts "$prefix" hierarchies
      ;;
  esac
}

# Completes the command line of another program, which begins at a word.
_vcgroupfs_other() { # INDEX
  if declare -F _comp_command_offset >/dev/null; then
    _comp_command_offset "$1"
  elif declare -F _command_offset >/dev/null; then
    _command_offset "$1"
  elif ((COMP_CWORD == $1)); then
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -c -- "$2" | sort -u)
  else
    compopt -o default
  fi
}

# With words on several lines, each with its meaning, when readline only shows a list.
_vcgroupfs_describe() {
  local i width=0 columns=${COLUMNS:-80}
  if ((COMP_TYPE != 63 || ${#COMPREPLY[@]} < 2 || ${#meanings[@]} != ${#COMPREPLY[@]})); then
    return 0
  fi
  for i in "${COMPREPLY[@]}"; do
    ((width >= ${#i})) || width=${#i}
  done
  for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
    [[ -n ${meanings[i]} ]] || continue
    printf -v 'COMPREPLY[i]' '%-*s  (%s' "$width" "${COMPREPLY[i]}" "${meanings[i]#$'\t'}"
    ((${#COMPREPLY[i]} < columns - 2)) || COMPREPLY[i]=${COMPREPLY[i]:0:columns-5}...
    COMPREPLY[i]+=')'
  done
}

_vcgroupfs() { # NAME WORD-BEFORE-THE-CURSOR
  COMPREPLY=()
  local cur=$2 glued='' line=$COMP_LINE word i
  local -a typed=() meanings=()

  # Readline cuts words at = and :, where we do not; what it cut off is glued on again.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((i == 0)) || [[ $line == [[:blank:]]* ]]; then
      line=${line#"${line%%[![:blank:]]*}"}
      typed+=('')
    fi
    line=${line#"$word"}
    if ((i == COMP_CWORD)); then
      glued=${typed[-1]}
      [[ -n $cur ]] || glued+=${word%%[!=:]*}
    else
      typed[-1]+=$word
    fi
  done
  local whole=$glued$cur
  local plain=${whole//\\/} # without what quotes it
  plain=${plain#[\"\']}

  # Where are we?
  local command='' waits=0 of='' ended='' operands=0 used=' ' first=0
  local kind words count often options stops
  for ((i = 1; i < ${#typed[@]} - 1; i++)); do
    word=${typed[i]}
    if [[ -n $ended ]]; then
      operands=$((operands + 1))
    elif ((waits > 0)); then
      waits=$((waits - 1))
    elif [[ $word == -- ]]; then
      ended=yes
    elif [[ $word == -* ]]; then
      used+="${word%%=*} "
      of=$word
      _vcgroupfs_value "$command" "$word"
      [[ $kind == flag ]] || waits=$count
      [[ $word != --*=* ]] || waits=0
    elif [[ -z $command ]]; then
      command=$word
    else
      operands=$((operands + 1))
    fi
  done
  _vcgroupfs_options "$command"

  if [[ -n $ended && $command == run ]]; then
    for ((first = 1; first < COMP_CWORD; first++)); do
      [[ ${COMP_WORDS[first]} != -- ]] || break
    done
    _vcgroupfs_other $((first + 1)) "$cur"
    return
  fi
  if ((waits > 0)); then
    _vcgroupfs_value "$command" "$of"
    _vcgroupfs_complete ''
  elif [[ -z $ended && $whole == --*=* ]]; then
    _vcgroupfs_value "$command" "${whole%%=*}"
    _vcgroupfs_complete "${whole%%=*}="
  elif [[ -z $ended && $whole == -* ]]; then
    [[ -z $stops || $operands == 0 ]] || return 0
    for word in "${options[@]}"; do
      _vcgroupfs_value "$command" "${word%%$'\t'*}"
      [[ -z $often && $used == *" ${word%%$'\t'*} "* ]] || _vcgroupfs_reply '' "$word"
    done
    [[ $command != run ]] || _vcgroupfs_reply '' '--'
  elif ((operands == 0)); then
    _vcgroupfs_value "$command" operand
    if [[ $kind == command ]]; then
      _vcgroupfs_reply '' '--'
    else
      _vcgroupfs_complete ''
    fi
  fi
  _vcgroupfs_describe
}

complete -F _vcgroupfs vcgroupfs
# A list keeps its order: profiles from the oldest to the newest (bash 4.4).
((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404)) || complete -o nosort -F _vcgroupfs vcgroupfs
