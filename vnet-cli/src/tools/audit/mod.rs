//! `vnet audit`: every kernel call of a program that concerns namespaces, mounts, capabilities, network configuration
//! and netlink, seen from outside.
//!
//! `tracer` stops the program at those calls (ptrace(2), seccomp(2)) and hands each to `calls`, which turns registers
//! and memory into an [`event::Event`]; `report` writes events down, and `policy` judges them.

pub mod calls;
pub mod event;
mod message;
pub mod policy;
pub mod report;
pub mod tracer;
