//! Shell completions, made from the tables.
//!
//! A script holds one list: the command so far, and the words that may follow
//! it. The shells look the line up in it; devices and namespaces are read when
//! they are asked for.

use super::own::objects;
use super::tree::{Does, Object};
use super::{Grammar, Keyword, Value, Words, exact, help};
use crate::applet::Program;
use crate::args::Args;
use crate::context::Context;
use crate::error::Result;
use crate::options;
use std::fmt::Write;

/// A shell that a script can be made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// bash
    Bash,
    /// zsh
    Zsh,
    /// fish
    Fish,
    /// Not a shell: the usage.
    Help,
}

/// The shells by name.
pub static SHELLS: Grammar<Shell> = Grammar(&[
    exact(Shell::Bash, "bash").says("source <(vnet completions bash)"),
    exact(Shell::Zsh, "zsh").says("source <(vnet completions zsh)"),
    exact(Shell::Fish, "fish").says("vnet completions fish | source"),
    help(Shell::Help),
]);

/// `vnet completions SHELL`: a script to stdout.
pub(super) fn run(context: &mut Context, args: &mut Args<'_>) -> Result {
    let word = args.require("the name of a shell: bash, zsh or fish")?;
    let script = match SHELLS.lookup(&word) {
        Some(Shell::Bash) => script(BASH),
        Some(Shell::Zsh) => script(ZSH),
        Some(Shell::Fish) => script(FISH),
        Some(Shell::Help) => return Err(context.usage()),
        None => {
            return Err(word
                .wrong("no completions for this shell")
                .hint("one of bash, zsh, fish"));
        }
    };
    if let Some(word) = args.next() {
        return Err(word.garbage("completions"));
    }
    context.out.raw(script);
    Ok(())
}

/// The script of a shell with the list in it.
fn script(template: &str) -> String {
    template.replace("@LIST@", list().trim_end())
}

/// A line each: `vnet link add|dev mtu type …`. `@dev` and `@netns` stand for
/// devices and namespaces; `vnet link set:mtu|` is what follows a keyword.
fn list() -> String {
    let mut list = String::new();
    let options: Vec<String> = options::OWN
        .iter()
        .chain(options::IP)
        .map(|o| format!("-{}", o.name))
        .collect();
    let mut first: Vec<&str> = options.iter().map(String::as_str).collect();
    first.extend(
        objects(Program::Vnet)
            .filter(|o| o.is_done())
            .map(|o| o.name),
    );
    line(&mut list, "vnet", &first);
    for object in objects(Program::Vnet).filter(|o| o.is_done()) {
        of_object(&mut list, "vnet", object);
    }
    list
}

fn of_object(list: &mut String, prefix: &str, object: &Object) {
    let path = format!("{prefix} {}", object.name);
    match &object.does {
        Does::Verbs(verbs, _) => {
            let done = || verbs.iter().filter(|v| v.run.is_some());
            let mut names: Vec<&str> = done().map(|v| v.name).collect();
            names.push("help");
            line(list, &path, &names);
            for verb in done() {
                of_words(list, &format!("{path} {}", verb.name), verb.words);
            }
        }
        Does::Runs(_, words, _) => of_words(list, &path, *words),
        Does::Program(program) => {
            let names: Vec<&str> = objects(*program)
                .filter(|o| o.is_done())
                .map(|o| o.name)
                .collect();
            line(list, &path, &names);
            for inner in objects(*program).filter(|o| o.is_done()) {
                of_object(list, &path, inner);
            }
        }
        Does::Help | Does::Nothing => {}
    }
}

fn of_words(list: &mut String, path: &str, words: &dyn Words) {
    let mut names: Vec<&str> = words.iter().map(|k| k.name).collect();
    if let Some(bare) = words.iter().find(|k| k.bare) {
        names.extend(candidates(bare));
    }
    // Behind a kind, its words may follow as well as the command's.
    for kind in help::kinds_of(words).unwrap_or_default() {
        for keyword in kind.words.iter() {
            if !names.contains(&keyword.name) {
                names.push(keyword.name);
            }
        }
    }
    line(list, path, &names);
    let inner = help::kinds_of(words).unwrap_or_default();
    let inner = inner.iter().flat_map(|kind| kind.words.iter());
    for keyword in words.iter().chain(inner) {
        if !matches!(keyword.value, Value::None) {
            line(
                list,
                &format!("{path}:{}", keyword.name),
                &candidates(keyword),
            );
        }
    }
}

/// The words that may be a keyword's value.
fn candidates(keyword: &Keyword) -> Vec<&'static str> {
    match keyword.value {
        Value::None | Value::Is(_) => Vec::new(),
        Value::OneOf(words) => words.to_vec(),
        Value::Device(_) => vec!["@dev"],
        Value::Netns(_) => vec!["@netns"],
        Value::Kind(kinds) => kinds.iter().map(|k| k.name).collect(),
    }
}

fn line(list: &mut String, path: &str, words: &[&str]) {
    let start = format!("{path}|");
    if !list.lines().any(|l| l.starts_with(&start)) {
        let _ = writeln!(list, "{start}{}", words.join(" "));
    }
}

const BASH: &str = r#"# bash completion for vnet
_vnet_list='@LIST@'

_vnet() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
    local path=vnet word line words i
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        [[ $_vnet_list == *"$path $word|"* ]] && path="$path $word"
    done
    words=
    while IFS='|' read -r line word; do
        if [[ $line == "$path:$prev" ]]; then words=$word; break; fi
        [[ $line == "$path" ]] && words=$word
    done <<< "$_vnet_list"
    words=${words/@dev/$(cd /sys/class/net 2>/dev/null && echo *)}
    words=${words/@netns/$(cd /run/netns 2>/dev/null && echo *)}
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _vnet vnet
"#;

const ZSH: &str = r#"#compdef vnet
_vnet_list='@LIST@'

_vnet() {
    local cpath=vnet prev=${words[CURRENT-1]} word line key found
    local -a out
    for word in ${words[2,CURRENT-1]}; do
        [[ $_vnet_list == *"$cpath $word|"* ]] && cpath="$cpath $word"
    done
    for line in ${(f)_vnet_list}; do
        key=${line%%|*}
        if [[ $key == "$cpath:$prev" ]]; then found=${line#*|}; break; fi
        [[ $key == "$cpath" ]] && found=${line#*|}
    done
    for word in ${=found}; do
        case $word in
            @dev) out+=(/sys/class/net/*(N:t)) ;;
            @netns) out+=(/run/netns/*(N:t)) ;;
            *) out+=($word) ;;
        esac
    done
    compadd -- $out
}
compdef _vnet vnet
"#;

const FISH: &str = r#"# fish completion for vnet
set -g _vnet_list '@LIST@'

function _vnet
    set -l path vnet
    set -l line (commandline -opc)
    set -l prev $line[-1]
    set -l list (string split \n -- $_vnet_list)
    for word in $line[2..-1]
        if string match -q -- "$path $word|*" $list
            set path "$path $word"
        end
    end
    set -l found
    for entry in $list
        set -l parts (string split -m 1 '|' -- $entry)
        if test "$parts[1]" = "$path:$prev"
            set found $parts[2]
            break
        end
        if test "$parts[1]" = "$path"
            set found $parts[2]
        end
    end
    for word in (string split ' ' -- $found)
        switch $word
            case @dev
                for device in /sys/class/net/*
                    string replace /sys/class/net/ '' $device
                end
            case @netns
                for namespace in /run/netns/*
                    string replace /run/netns/ '' $namespace
                end
            case '*'
                echo $word
        end
    end
end
complete -c vnet -f -a '(_vnet)'
"#;

#[cfg(test)]
mod tests {
    use super::super::tests::TABLE;
    use super::*;

    #[test]
    fn what_may_follow() {
        let mut list = String::new();
        of_words(&mut list, "vnet x add", &TABLE);
        assert_eq!(
            list,
            "vnet x add|up arp name brd dev type help @dev id\n\
             vnet x add:arp|on off\n\
             vnet x add:name|\n\
             vnet x add:brd|\n\
             vnet x add:dev|@dev\n\
             vnet x add:type|vlan\n\
             vnet x add:id|\n"
        );
    }

    /// No quote that would end the list's own, in any of the shells.
    #[test]
    fn the_list_is_one_quoted_word() {
        assert!(!list().contains(['\'', '\\']));
    }
}
