//! A policy written as its text.

use super::{CallEntry, Content, Count, Entry, MessageEntry, Policy, What};
use netlink_raw::transport::Direction;
use std::fmt;

/// Its lines, each with its end, without the comments of the text it was read from.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.iter().try_for_each(|entry| {
            writeln!(f, "{entry}")?;
            match &entry.what {
                What::Message(message) => message
                    .contents
                    .iter()
                    .try_for_each(|content| writeln!(f, "    {content}")),
                _ => Ok(()),
            }
        })
    }
}

/// Its first line, without its end.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.may {
            f.write_str("may ")?;
        }
        match &self.what {
            What::Call(call) => call.fmt(f)?,
            What::Message(message) => message.fmt(f)?,
            What::Killed(signal) => write!(f, "killed {signal}")?,
            What::Unseen => f.write_str("unseen")?,
        }
        self.count.fmt(f)
    }
}

/// With a blank before it, or nothing.
impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::ANY => Ok(()),
            Self { least, most: None } => write!(f, " x{least}+"),
            Self {
                least,
                most: Some(most),
            } if least == most => write!(f, " x{least}"),
            Self {
                least,
                most: Some(most),
            } => write!(f, " x{least}-{most}"),
        }
    }
}

impl fmt::Display for CallEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "call {}", self.name)?;
        if let Some(args) = &self.args {
            f.write_str("(")?;
            for (i, arg) in args.iter().enumerate() {
                let comma = if i > 0 { ", " } else { "" };
                write!(f, "{comma}{arg}")?;
            }
            f.write_str(")")?;
        }
        if let Some(result) = &self.result {
            write!(f, " = {result}")?;
        }
        if !self.paths.is_empty() {
            f.write_str(" on")?;
        }
        self.paths.iter().try_for_each(|path| write!(f, " {path}"))
    }
}

impl fmt::Display for MessageEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = match self.direction {
            Direction::Sent => "send",
            Direction::Received => "receive",
        };
        write!(f, "{verb} {} {}", self.protocol, self.kind)?;
        match &self.third {
            Some(third) => write!(f, " {third}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let may = if self.may { "may " } else { "" };
        write!(f, "{may}{}", self.path)?;
        match &self.value {
            Some(value) => write!(f, "={value}"),
            None => Ok(()),
        }
    }
}
