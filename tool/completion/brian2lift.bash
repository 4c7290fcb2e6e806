# Completion of brian2lift for bash. It asks `brian2lift --help`, so that it
# always offers what the program has.

_brian2lift() {
  local program=$1 word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local help option
  COMPREPLY=()
  help=$("$program" --help 2>/dev/null) || return

  # `--dump=mo` is one word or, where `=` separates words, three.
  if [ "$previous" = = ] && ((COMP_CWORD >= 2)); then
    option=${COMP_WORDS[COMP_CWORD - 2]}
  elif [ "$word" = = ]; then
    option=$previous word=
  elif [[ $word == --*=* ]]; then
    option=${word%%=*} word=${word#*=}
  else
    option=$previous
  fi

  local kind
  kind=$(sed -n "s/^ *$option[= ]<\([^>]*\)>.*/\1/p" <<<"$help")
  case $kind in
    value)
      local values
      values=$(sed -n "/^ *$option=<value>/,/^ *-/s/^ *=\([^ ]*\) .*/\1/p" <<<"$help")
      mapfile -t COMPREPLY < <(compgen -W "$values" -- "$word")
      return ;;
    file) mapfile -t COMPREPLY < <(compgen -f -- "$word"); compopt -o filenames 2>/dev/null; return ;;
    folder) mapfile -t COMPREPLY < <(compgen -d -- "$word"); compopt -o filenames 2>/dev/null; return ;;
    ?*) return ;;
  esac

  if [[ $word == -* ]]; then
    local options
    options=$(sed -n 's/^  \(--*[a-z][a-z-]*=*\).*/\1/p' <<<"$help")
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    compopt -o filenames 2>/dev/null
    ((COMP_CWORD == 1)) && [[ -n $word && diff == "$word"* ]] && COMPREPLY+=(diff)
  fi
  return 0
}

complete -F _brian2lift brian2lift
