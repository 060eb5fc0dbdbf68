//! The numbers of C headers: enumerators and `#define`s with a value that is an expression of integers.

use std::collections::HashMap;

/// What a name stands for.
#[derive(Default)]
pub struct Numbers(pub HashMap<String, i64>);

impl Numbers {
    /// Adds what a header defines. What can't be computed is left out.
    pub fn read(&mut self, header: &str) {
        let text = without_comments(header).replace("\\\n", " ");
        self.defines(&text);
        let no_lines: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with('#'))
            .map(|line| format!("{line}\n"))
            .collect();
        let mut rest = no_lines.as_str();
        while let Some((_, after)) = rest.split_once("enum") {
            let Some((head, body)) = after.split_once('{') else {
                break;
            };
            rest = after;
            if head
                .chars()
                .all(|c| c.is_alphanumeric() || c == '_' || c.is_whitespace())
            {
                let (body, after) = body.split_once('}').unwrap_or((body, ""));
                self.enumerators(body);
                rest = after;
            }
        }
        // Those that are made of enumerators.
        self.defines(&text);
    }

    fn defines(&mut self, text: &str) {
        for line in text.lines() {
            let words = line.trim_start().strip_prefix('#').map(str::trim_start);
            let define = words.and_then(|w| w.strip_prefix("define"));
            let Some((name, value)) = define.and_then(|d| d.trim().split_once([' ', '\t'])) else {
                continue;
            };
            if let Some(value) = self.value(value) {
                // What an enum says counts: headers define enumerators as themselves.
                self.0.entry(name.to_owned()).or_insert(value);
            }
        }
    }

    fn enumerators(&mut self, body: &str) {
        let mut next = Some(0);
        for item in body.split(',') {
            let (name, value) = match item.split_once('=') {
                Some((name, value)) => (name.trim(), self.value(value)),
                None => (item.trim(), next),
            };
            if let (false, Some(value)) = (name.is_empty(), value) {
                self.0.insert(name.to_owned(), value);
            }
            next = value.map(|v| v + 1);
        }
    }

    /// The value of an expression: integers, names, `-`, `~`, `<<`, `|`, `+`, parentheses.
    pub fn value(&self, text: &str) -> Option<i64> {
        let spaced = ["<<", "(", ")", "|", "~", "+", "-"]
            .iter()
            .fold(text.to_owned(), |t, sign| {
                t.replace(sign, &format!(" {sign} "))
            });
        let tokens: Vec<&str> = spaced.split_whitespace().collect();
        let mut at = 0;
        let value = self.sum(&tokens, &mut at)?;
        (at == tokens.len()).then_some(value)
    }

    fn sum(&self, tokens: &[&str], at: &mut usize) -> Option<i64> {
        let mut value = self.one(tokens, at)?;
        while let Some(sign @ (&"<<" | &"|" | &"+" | &"-")) = tokens.get(*at) {
            *at += 1;
            let other = self.one(tokens, at)?;
            value = match *sign {
                "<<" => value.checked_shl(u32::try_from(other).ok()?)?,
                "|" => value | other,
                "+" => value.checked_add(other)?,
                _ => value.checked_sub(other)?,
            };
        }
        Some(value)
    }

    fn one(&self, tokens: &[&str], at: &mut usize) -> Option<i64> {
        let token = *tokens.get(*at)?;
        *at += 1;
        match token {
            "(" => {
                let value = self.sum(tokens, at)?;
                *at += 1;
                (tokens.get(*at - 1) == Some(&")")).then_some(value)
            }
            "-" => self.one(tokens, at).map(|v| -v),
            "~" => self.one(tokens, at).map(|v| !v),
            _ => integer(token).or_else(|| self.0.get(token).copied()),
        }
    }
}

fn integer(token: &str) -> Option<i64> {
    let digits = token.replace('_', "").to_lowercase();
    let digits = digits.trim_end_matches(['u', 'l']);
    match digits.strip_prefix("0x") {
        Some(hex) => i64::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    }
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}
