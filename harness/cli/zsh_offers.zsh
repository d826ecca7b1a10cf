# Prints what an interactive zsh offers after LINE, one a line, with the completion that PROGRAM makes for it:
#   zsh -f zsh_offers.zsh PROGRAM LINE
# It answers in a terminal only, so a second zsh runs in one and tells what it would offer.

if [[ $1 == --inside ]]; then
  PROMPT=
  stty -echo
  autoload -Uz compinit
  compinit -D -u
  source <($2 manual zsh)
  compadd() {
    builtin compadd "$@"
    # These calls fill arrays and offer nothing.
    [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]] || return
    local -a offered
    builtin compadd -A offered "$@"
    ((! $#offered)) || printf '\nOFFERED %s' $offered
  }
  offer() { _main_complete; printf '\nTHE END\n'; }
  zle -C offer list-choices offer
  bindkey '^I' offer
  printf '\nREADY\n'
  return
fi

zmodload zsh/zpty
zpty inner zsh -f -i
zpty -w inner "source ${(q)ZSH_ARGZERO:a} --inside ${(q)1}"
zpty -r inner answer $'*\nREADY*' || exit 1
zpty -w -n inner "$2"$'\t'
zpty -r inner answer $'*\nTHE END*' || exit 1
print -r -- $answer | tr -d '\r' | sed -n 's/^OFFERED //p'
