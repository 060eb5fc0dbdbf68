//! A datagram as indented lines: what every attribute is called and what it says.

use super::tree::{Node, nodes};
use super::value::{self, Raw};
use super::{Annotated, line};
use crate::out::color::{Color, Paint};
use netlink_raw::annotate::{Item, Name, Role, Shown};
use std::fmt::Write;

/// Columns that each level goes in.
const STEP: usize = 4;
/// Columns that a line of a struct's fields takes at most.
const WIDTH: usize = 110;

/// Appends the lines of a datagram.
pub(super) fn datagram(annotated: &Annotated<'_>, paint: Paint, indent: usize, to: &mut String) {
    let mut text = Text {
        whole: annotated,
        paint,
        to,
    };
    for node in nodes(&annotated.items) {
        text.node(node, indent);
    }
}

/// The text as it grows.
struct Text<'t> {
    whole: &'t Annotated<'t>,
    paint: Paint,
    to: &'t mut String,
}

impl Text<'_> {
    fn start(&mut self, indent: usize) {
        let _ = write!(self.to, "{:indent$}", "");
    }

    fn message(&mut self, node: Node<'_, '_>, indent: usize) {
        self.start(indent);
        line::message(node, self.whole, self.paint, self.to);
        self.to.push('\n');
        self.nodes(node, indent + STEP);
    }

    /// What is inside, apart from what frames it.
    fn nodes(&mut self, node: Node<'_, '_>, indent: usize) {
        let mut fields = Vec::new();
        for node in node.nodes().filter(|n| !n.is_frame()) {
            // Fields that stand by themselves share a line.
            if node.item.role == Role::Field {
                fields.push(node);
                continue;
            }
            self.fields("", &std::mem::take(&mut fields), indent);
            self.node(node, indent);
        }
        self.fields("", &fields, indent);
    }

    fn node(&mut self, node: Node<'_, '_>, indent: usize) {
        let item = node.item;
        match item.role {
            Role::Struct => {
                let name = value::name(item);
                let inner = node.nodes().filter(|n| n.item.role == Role::Field);
                let fields: Vec<Node<'_, '_>> = inner.collect();
                self.fields(&name, &fields, indent);
                let others = node.nodes().filter(|n| n.item.role != Role::Field);
                for other in others.filter(|n| !n.is_frame()) {
                    self.node(other, indent + STEP);
                }
            }
            Role::Fault => {
                self.start(indent);
                let why = value::reason(item);
                let mut bytes = String::new();
                value::put(&Shown::Bytes(item.bytes), Raw::Hex, &mut bytes);
                let text = format_args!("broken at {}: {why}: {bytes}", item.offset);
                self.paint.put(Color::OperDown, text, self.to);
                self.to.push('\n');
            }
            Role::Unknown => {
                self.start(indent);
                self.to.push_str("unknown ");
                value::put(&Shown::Bytes(item.bytes), Raw::Hex, self.to);
                self.to.push('\n');
            }
            Role::Message => self.message(node, indent),
            _ => self.named(node, indent),
        }
    }

    /// An attribute, an element of a list, or a value.
    fn named(&mut self, node: Node<'_, '_>, indent: usize) {
        let item = node.item;
        self.start(indent);
        let name = value::name(item);
        self.to.push_str(&name);
        let mut gap = if name.is_empty() { "" } else { " " };
        if item.value != Shown::Nothing {
            self.to.push_str(std::mem::take(&mut gap));
            self.value(item);
            gap = " ";
        }
        if let Some(header) = node.header() {
            self.to.push(' ');
            line::request(node, header, self.to);
        }
        let inner = node.nodes().filter(|n| !n.is_frame());
        let leaf = |n: &Node<'_, '_>| match n.item.role {
            Role::Payload | Role::Unknown => true,
            // An element of an array, whose number is its place.
            Role::Field => !matches!(n.item.name, Name::Known(_)),
            _ => false,
        };
        // A value stands behind the name, as do several; what is more has lines of its own.
        if inner.clone().all(|n| leaf(&n)) {
            for (i, leaf) in inner.enumerate() {
                self.to.push_str(if i > 0 { ", " } else { gap });
                self.value(leaf.item);
            }
            self.to.push('\n');
            return;
        }
        self.to.push('\n');
        self.nodes(node, indent + STEP);
    }

    /// A value in its colour.
    fn value(&mut self, item: &Item<'_>) {
        let mut text = String::new();
        match (&item.value, item.role) {
            (Shown::Nothing, Role::Payload | Role::Unknown) => {
                value::put(&Shown::Bytes(item.bytes), Raw::Hex, &mut text);
            }
            (shown, _) => value::put(shown, Raw::Hex, &mut text),
        }
        self.paint.put(color(&item.value), text, self.to);
    }

    /// Fields in their order, over as many lines as they need.
    fn fields(&mut self, name: &str, fields: &[Node<'_, '_>], indent: usize) {
        if name.is_empty() && fields.is_empty() {
            return;
        }
        self.start(indent);
        self.to.push_str(name);
        let mut column = indent + name.len();
        if !name.is_empty() {
            self.to.push(':');
            column += 1;
        }
        for (i, field) in fields.iter().enumerate() {
            let label = value::name(field.item);
            let mut plain = String::new();
            value::put(&field.item.value, Raw::Hex, &mut plain);
            let width = label.len() + 1 + plain.chars().count();
            if i > 0 {
                self.to.push(',');
                column += 1;
            }
            if i > 0 && column + 1 + width > WIDTH {
                self.to.push('\n');
                self.start(indent + STEP);
                column = indent + STEP;
            } else if column > indent {
                self.to.push(' ');
                column += 1;
            }
            if !label.is_empty() {
                let _ = write!(self.to, "{label} ");
            }
            self.value(field.item);
            column += width;
        }
        self.to.push('\n');
    }
}

fn color(shown: &Shown<'_>) -> Color {
    match shown {
        Shown::Mac(_) => Color::Mac,
        Shown::Ip(std::net::IpAddr::V4(_)) => Color::Inet,
        Shown::Ip(std::net::IpAddr::V6(_)) => Color::Inet6,
        Shown::Errno(n) if *n != 0 => Color::OperDown,
        _ => Color::None,
    }
}
