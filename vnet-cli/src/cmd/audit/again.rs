//! `vnet --audit …`: this command line again, without that option, audited.

use crate::applet::Program;
use crate::args::Args;
use crate::context::Context;
use crate::error::{CmdError, Result};
use crate::options::Options;
use crate::out::Out;
use std::ffi::OsString;
use std::path::Path;

/// What leads to this program whatever it is called.
const SELF: &str = "/proc/self/exe";

/// Audits the command line without the words at the places of `--audit`.
///
/// # Errors
/// Those of `vnet audit`, and the command's exit code.
pub(crate) fn again(words: &[OsString], options: &Options) -> Result {
    let line = line(&own_path(words), words, &options.audit);
    let options = Options {
        color: options.color,
        ..Options::default()
    };
    let out = Out::stdout(&options);
    let mut ctx = Context::new(Program::Vnet, options, out);
    super::run(&mut ctx, &mut Args::new(&line, 2)).map_err(|e| {
        // Its places are those of this line.
        crate::error::stderr(&e.render(Program::Vnet, &line));
        CmdError::silent(e.exit_code())
    })
}

/// `vnet audit -- …`.
fn line(own: &OsString, words: &[OsString], places: &[usize]) -> Vec<OsString> {
    let rest = words.iter().enumerate().skip(1);
    let rest = rest.filter(|(i, _)| !places.contains(i));
    let head = ["vnet", "audit", "--"].map(OsString::from);
    let head = head.into_iter().chain([own.clone()]);
    head.chain(rest.map(|(_, word)| word.clone())).collect()
}

/// A path that is vnet when it is executed: by its own name, for a report that reads well; where that is another
/// program's by one that is nobody's; and without /proc as it was called.
fn own_path(words: &[OsString]) -> OsString {
    let found = std::env::current_exe().ok();
    let good = |path: &std::path::PathBuf| Program::of(path.as_os_str()) == Program::Vnet;
    match found.filter(|path| good(path) && path.exists()) {
        Some(path) => path.into(),
        None if Path::new(SELF).exists() => SELF.into(),
        None => words.first().cloned().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_is_left_out_where_it_was_one() {
        let words = [
            "vnet", "--audit", "-j", "bridge", "--audit", "link", "--audit",
        ];
        let words = words.map(OsString::from);
        let line = line(&"/bin/vnet".into(), &words, &[1, 4]);
        let expected = "vnet audit -- /bin/vnet -j bridge link --audit";
        assert_eq!(line.join(" ".as_ref()), expected);
    }
}
