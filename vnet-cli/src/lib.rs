//! What `vnet` is made of.
//!
//! A command line goes through [`applet`] (which program is this), [`options`],
//! the tables of [`grammar`] (which object, which verb) to a function of
//! [`cmd`], which reads its words from [`args`], asks the kernel, and
//! prints with [`out`]. Whatever goes wrong is one [`error::CmdError`].
//!
//! # A command
//!
//! `cmd/OBJECT.rs` turns words into a typed request; `show/OBJECT.rs` turns what
//! the kernel said into text or JSON. A keyword's spelling is in its table and
//! nowhere else: the code matches on what it means, and `help`, the completions
//! and the man page are made of the same table. A verb is registered by its line
//! in [`grammar::ip`] (or [`grammar::bridge`], [`grammar::own`]):
//!
//! ```text
//! verb("rename", "give a device another name").words(&link::RENAME).run(link::rename),
//! ```
//!
//! ```
//! use vnet::args::Args;
//! use vnet::context::Context;
//! use vnet::error::{CmdError, Result};
//! use vnet::grammar::{Grammar, Value, exact, help};
//! use vnet::out::color::Color;
//! use vnet::out::Out;
//!
//! #[derive(Clone, Copy, PartialEq)]
//! pub enum Rename { Dev, Name, Mtu, Help }
//!
//! // In the order in which iproute2 looks through them; `exact` is its strcmp,
//! // `short` its matches.
//! pub static RENAME: Grammar<Rename> = Grammar(&[
//!     exact(Rename::Name, "name").value("NAME").says("the new name"),
//!     exact(Rename::Mtu, "mtu").value("BYTES").says("largest packet"),
//!     exact(Rename::Dev, "dev").takes(Value::Device("DEVICE")).bare().says("the device"),
//!     help(Rename::Help),
//! ]);
//!
//! pub fn rename(ctx: &mut Context, args: &mut Args<'_>) -> Result {
//!     let (mut dev, mut name, mut mtu) = (None, None, 1500);
//!     while let Some(word) = args.next() {
//!         match RENAME.lookup(&word) {
//!             Some(Rename::Help) => return Err(ctx.usage()),
//!             Some(Rename::Name) => {
//!                 let value = args.value_of(&word)?; // "Command line is not complete…"
//!                 value.new_ifname("name")?; // … is wrong: "name" not a valid ifname
//!                 name = Some(value);
//!             }
//!             Some(Rename::Mtu) => mtu = args.value_of(&word)?.u32("Invalid \"mtu\" value")?,
//!             Some(Rename::Dev) if dev.is_none() => dev = Some(args.value_of(&word)?),
//!             None if dev.is_none() => dev = Some(word), // DEVICE without `dev`
//!             _ => return Err(word.garbage("dev")),
//!         }
//!     }
//!     let dev = dev.ok_or_else(|| {
//!         args.missing("the device", "Not enough information: \"dev\" argument is required.")
//!     })?;
//!     if dev.is("nosuch0") {
//!         return Err(dev.no_device()); // Cannot find device "nosuch0", exit code 1
//!     }
//!     let name = name.unwrap_or(dev);
//!     if name.is("taken0") {
//!         // What the kernel answered, about the word it is about: exit code 2.
//!         let what = format!("cannot rename '{dev}' to '{name}'");
//!         return Err(CmdError::kernel(what, 17, None).at(name.at()));
//!     }
//!     let record = Link { index: 7, name: name.bytes().to_vec(), mtu };
//!     ctx.out.document(|out| show(out, &record));
//!     Ok(())
//! }
//!
//! pub struct Link { index: u32, name: Vec<u8>, mtu: u32 }
//!
//! /// One call for a value, whatever form is asked for.
//! pub fn show(out: &mut Out, link: &Link) {
//!     let name = link.name.as_slice();
//!     out.object(|out| {
//!         out.field("ifindex", link.index, (link.index, ": "));
//!         out.colored(Color::Ifname, "ifname", name, (name, ": "));
//!         out.text("<");
//!         out.array("flags", |out| {
//!             for (i, flag) in ["UP", "LOWER_UP"].into_iter().enumerate() {
//!                 out.item(flag, ((i > 0).then_some(","), flag));
//!             }
//!         });
//!         out.text(">");
//!         out.field("mtu", link.mtu, (" mtu ", link.mtu));
//!         out.sl(); // a new line, or a backslash with -o
//!         out.text("    link/ether");
//!         out.end_line();
//!     });
//! }
//!
//! # use std::ffi::OsString;
//! # use vnet::applet::Program;
//! # use vnet::options::Options;
//! fn run(json: bool, words: &str) -> std::result::Result<String, String> {
//!     let words: Vec<OsString> = words.split(' ').map(OsString::from).collect();
//!     let options = Options { json, ..Options::default() };
//!     let out = Out::memory(&options);
//!     let mut ctx = Context::new(Program::Vnet, options, out);
//!     match rename(&mut ctx, &mut Args::new(&words, 3)) {
//!         Ok(()) => Ok(String::from_utf8_lossy(&ctx.out.take()).into_owned()),
//!         Err(e) => Err(String::from_utf8_lossy(&e.render(ctx.program, &words)).into_owned()),
//!     }
//! }
//! assert_eq!(
//!     run(false, "vnet link rename v0 name v1").unwrap(),
//!     "7: v1: <UP,LOWER_UP> mtu 1500\n    link/ether\n"
//! );
//! assert_eq!(
//!     run(true, "vnet link rename v0 mtu 0x10").unwrap(),
//!     "[{\"ifindex\":7,\"ifname\":\"v0\",\"flags\":[\"UP\",\"LOWER_UP\"],\"mtu\":16}]\n"
//! );
//! assert_eq!(
//!     run(false, "vnet link rename v0 name taken0").unwrap_err(),
//!     "error: cannot rename 'v0' to 'taken0' (EEXIST: File exists)\n\
//!      \u{20} vnet link rename v0 name taken0\n\
//!      \u{20}                          ^^^^^^\n"
//! );
//! ```

pub mod applet;
pub mod args;
mod batch;
#[cfg(feature = "churn")]
pub mod churn;
pub mod cmd;
pub mod context;
mod dispatch;
pub mod error;
pub mod fabric;
pub mod grammar;
pub mod hosts;
pub mod kernel;
pub mod mode;
pub mod names;
pub mod options;
pub mod out;
pub mod ping;
pub mod place;
mod program;
pub mod show;
mod sys;
#[cfg(feature = "audit")]
pub mod tools;

pub use dispatch::main;
