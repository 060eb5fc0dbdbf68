//! The binary as a whole: streams, exit codes, names, batches. Nothing here
//! changes a network.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

const VNET: &str = env!("CARGO_BIN_EXE_vnet");

/// The binary under another name.
fn named(name: &str) -> Command {
    let mut command = Command::new(VNET);
    command.arg0(name);
    command
}

/// Runs it: stdout, stderr, exit code.
fn run(name: &str, words: &[&str]) -> (String, String, i32) {
    texts(named(name).args(words).output().unwrap())
}

fn texts(output: Output) -> (String, String, i32) {
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
        output.status.code().unwrap(),
    )
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// A file that goes away with the test.
struct TempFile(PathBuf);

impl TempFile {
    fn new(text: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("vnet-cli-{}-{n}", std::process::id()));
        fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Help goes where ip's goes: stderr and 255, whatever asks for it.
#[test]
fn help_everywhere() {
    for (name, words) in [
        ("vnet", &["help"][..]),
        ("vnet", &[]),
        ("vnet", &["-help"]),
        ("vnet", &["--help"]),
        ("vnet", &["-s"]),
        ("vnet", &["help", "completions"]),
        ("vnet", &["completions", "help"]),
        ("vnet", &["man", "help"]),
        ("vnet", &["bridge"]),
        ("vnet", &["bridge", "help"]),
        ("ip", &["help"]),
        ("ip", &["h"]),
        ("bridge", &[]),
        ("bridge", &["-h"]),
        ("vnet", &["-f", "help"]),
    ] {
        let (out, err, code) = run(name, words);
        assert_eq!((out.as_str(), code), ("", 255), "{name} {words:?}");
        assert!(
            err.starts_with(&format!("Usage: {name}")),
            "{name} {words:?}: {err}"
        );
    }
    assert!(
        run("vnet", &["bridge", "help"])
            .1
            .starts_with("Usage: vnet bridge [ OPTIONS ]")
    );
    assert!(run("vnet", &["help", "completions"]).1.contains("bash"));
}

#[test]
fn versions() {
    let (out, _, code) = run("vnet", &["-V"]);
    assert_eq!(
        (out, code),
        (format!("vnet {}\n", env!("CARGO_PKG_VERSION")), 0)
    );
    assert!(
        run("/sbin/ip", &["-Version"])
            .0
            .starts_with("ip utility, iproute2-6.1.0")
    );
    assert!(
        run("bridge", &["-V"])
            .0
            .starts_with("bridge utility, 6.1.0")
    );
}

/// The first line and the exit code are those of iproute2 6.1.
#[test]
fn errors_under_ips_name() {
    for (name, words, line, code) in [
        (
            "ip",
            &["foo"][..],
            "Object \"foo\" is unknown, try \"ip help\".",
            1,
        ),
        ("ip", &[""], "Object \"\" is unknown, try \"ip help\".", 1),
        (
            "bridge",
            &["foo"],
            "Object \"foo\" is unknown, try \"bridge help\".",
            255,
        ),
        (
            "ip",
            &["link", "foo"],
            "Command \"foo\" is unknown, try \"ip link help\".",
            255,
        ),
        (
            "ip",
            &["n", "foo"],
            "Command \"foo\" is unknown, try \"ip neigh help\".",
            255,
        ),
        (
            "bridge",
            &["v", "foo"],
            "Command \"foo\" is unknown, try \"bridge vlan help\".",
            255,
        ),
        (
            "ip",
            &["-foo"],
            "Option \"-foo\" is unknown, try \"ip -help\".",
            255,
        ),
        (
            "ip",
            &["-n", "nosuch-vnet", "link"],
            "Cannot open network namespace \"nosuch-vnet\": No such file or directory",
            255,
        ),
        (
            "ip",
            &["-b", "/nosuch"],
            "Cannot open file \"/nosuch\" for reading: No such file or directory",
            1,
        ),
    ] {
        let (out, err, got) = run(name, words);
        assert_eq!(
            (out.as_str(), first_line(&err), got),
            ("", line, code),
            "{words:?}"
        );
    }
}

#[test]
fn errors_under_vnets_name_point_at_the_word() {
    let (_, err, code) = run("./vnet", &["-d", "bridge", "-s", "foo"]);
    assert_eq!(
        (err.as_str(), code),
        (
            "error: there is no object 'foo'\n\
             \x20 vnet -d bridge -s foo\n\
             \x20                   ^^^\n\
             hint: 'vnet bridge help' lists the objects\n",
            255
        )
    );
    let (_, err, code) = run("vnet", &["tunnel", "add"]);
    assert_eq!(
        (first_line(&err), code),
        (
            "error: 'tunnel' is not supported by vnet: tunnels over IP",
            1
        )
    );
}

#[test]
fn words_that_are_no_text() {
    let strange = OsString::from_vec(b"x\xff\x1b".to_vec());
    for name in ["vnet", "ip", "bridge", "nothing"] {
        let mut command = named(name);
        let (_, err, code) = texts(command.arg(&strange).output().unwrap());
        assert!(matches!(code, 1 | 255), "{code}");
        assert!(err.contains("x\\xff\\x1b"), "{err}");
    }
}

#[test]
fn a_batch_names_file_and_line() {
    let file = TempFile::new("# comment\n\nman\nfoo \\\n bar\nman\n");
    let page = run("vnet", &["man"]).0;
    let (out, err, code) = run("vnet", &["-b", file.path()]);
    assert_eq!((out, code), (page.clone(), 1));
    assert!(
        err.starts_with("error: there is no object 'foo'\n  vnet foo bar\n       ^^^\n"),
        "{err}"
    );
    assert!(
        err.ends_with(&format!("\nCommand failed {}:5\n", file.path())),
        "{err}"
    );

    let (out, _, code) = run("vnet", &["-force", "-b", file.path()]);
    assert_eq!((out, code), (page.repeat(2), 1));

    let (_, err, code) = run("ip", &["-b", file.path()]);
    assert_eq!(
        (first_line(&err), code),
        ("Object \"man\" is unknown, try \"ip help\".", 1)
    );
}

#[test]
fn a_batch_from_stdin() {
    let mut child = named("vnet")
        .args(["-batch", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"man\nlink foo\nman\n")
        .unwrap();
    let (out, err, code) = texts(child.wait_with_output().unwrap());
    assert_eq!((out, code), (run("vnet", &["man"]).0, 255));
    assert!(err.ends_with("\nCommand failed -:2\n"), "{err}");
    let file = TempFile::new("man 'x\n");
    let (_, err, code) = run("ip", &["-b", file.path()]);
    assert_eq!((first_line(&err), code), ("Unterminated quoted string", 1));
}

/// A reader that goes away ends the process silently, by SIGPIPE, as it ends ip.
#[test]
fn a_closed_pipe_is_no_error() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = named("vnet")
        .arg("man")
        .stdout(writer)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(output.status.signal(), Some(13));
    assert!(output.stderr.is_empty());
}

#[test]
fn a_full_disk_is_an_error() {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = named("vnet").arg("man").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.contains("ENOSPC: No space left on device"), "{err}");
}

/// Each script passes its shell's own check, and bash's completes.
#[test]
fn completions() {
    let (script, _, code) = run("vnet", &["completions", "bash"]);
    assert_eq!(code, 0);
    for shell in ["bash", "zsh", "fish"] {
        let (script, _, code) = run("vnet", &["completions", shell]);
        assert!(code == 0 && script.contains("vnet completions|bash zsh fish help"));
        let file = TempFile::new(&script);
        match Command::new(shell).arg("-n").arg(&file.0).status() {
            Ok(status) => assert!(status.success(), "{shell} -n"),
            Err(_) => eprintln!("{shell} is not installed: its script is not checked"),
        }
    }
    let (_, err, code) = run("vnet", &["completions", "csh"]);
    assert!(code == 255 && err.contains("one of bash, zsh, fish"));

    if Path::new("/bin/bash").exists() {
        for (line, want) in [
            ("completions ''", "bash zsh fish help"),
            ("completions f", "fish"),
            ("bri", "bridge"),
            ("-s compl", "completions"),
        ] {
            let ask = format!(
                "{script}\nCOMP_WORDS=(vnet {line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
                 _vnet; echo ${{COMPREPLY[@]}}"
            );
            let output = Command::new("/bin/bash")
                .arg("-c")
                .arg(ask)
                .output()
                .unwrap();
            let got = String::from_utf8(output.stdout).unwrap();
            assert_eq!(got.trim_end(), want, "{line}");
        }
    }
}

#[test]
fn the_man_page_is_roff() {
    let (page, _, code) = run("vnet", &["man"]);
    assert!(code == 0 && page.starts_with(".TH VNET 8"));
    assert!(page.contains("\n.SS vnet completions\n"));
    let file = TempFile::new(&page);
    match Command::new("groff")
        .args(["-man", "-Tutf8", "-ww", "-z"])
        .arg(&file.0)
        .output()
    {
        Ok(output) => assert_eq!(String::from_utf8_lossy(&output.stderr), ""),
        Err(_) => eprintln!("groff is not installed: the page is not checked"),
    }
}
