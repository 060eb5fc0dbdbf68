//! The seccomp filter that stops the program at the calls of interest and lets all others run at full speed.
//!
//! The number is looked at before anything else of a call: where a filter's answer depends on nothing but number and
//! architecture and is "allow", the kernel (5.11 and later) remembers it and does not run the filter again.

use crate::tools::audit::calls::When;
use libc::sock_filter;

/// `AUDIT_ARCH_*` (`linux/audit.h`) of this machine's native calls: the ELF machine and two bits for its width and
/// byte order. Zero where it is not known here: then there is no filter.
pub(super) const NATIVE: u32 = {
    let machine = if cfg!(target_arch = "x86_64") {
        62
    } else if cfg!(target_arch = "x86") {
        3
    } else if cfg!(target_arch = "aarch64") {
        183
    } else if cfg!(target_arch = "arm") {
        40
    } else if cfg!(target_arch = "riscv64") {
        243
    } else if cfg!(target_arch = "loongarch64") {
        258
    } else if cfg!(target_arch = "powerpc64") {
        21
    } else if cfg!(target_arch = "s390x") {
        22
    } else {
        0
    };
    let wide = if cfg!(target_pointer_width = "64") {
        0x8000_0000
    } else {
        0
    };
    let little = if cfg!(target_endian = "little") {
        0x4000_0000
    } else {
        0
    };
    if machine == 0 {
        0
    } else {
        machine | wide | little
    }
};

// Offsets in `struct seccomp_data`.
const NUMBER: u32 = 0;
const ARCH: u32 = 4;
const ARGS: u32 = 16;

const LOAD: u16 = (libc::BPF_LD | libc::BPF_W | libc::BPF_ABS) as u16;
const EQUAL: u16 = (libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K) as u16;
const AT_LEAST: u16 = (libc::BPF_JMP | libc::BPF_JGE | libc::BPF_K) as u16;
const JUMP: u16 = (libc::BPF_JMP | libc::BPF_JA) as u16;
const ANY_BIT: u16 = (libc::BPF_JMP | libc::BPF_JSET | libc::BPF_K) as u16;
const AND: u16 = (libc::BPF_ALU | libc::BPF_AND | libc::BPF_K) as u16;
const RETURN: u16 = (libc::BPF_RET | libc::BPF_K) as u16;

const STOP: sock_filter = instruction(RETURN, 0, 0, libc::SECCOMP_RET_TRACE);
const ALLOW: sock_filter = instruction(RETURN, 0, 0, libc::SECCOMP_RET_ALLOW);

const fn instruction(code: u16, jt: u8, jf: u8, k: u32) -> sock_filter {
    sock_filter { code, jt, jf, k }
}

/// The filter for these calls, of which the first counts where a number comes twice. Calls of another architecture
/// (32-bit ones) stop too, for they would have other numbers.
///
/// It halves the numbers that are left until one is, because it is run often: by the kernel for each number when it is
/// set, to learn what it may remember, and for all calls that the answer can't be remembered of.
pub(super) fn build(calls: &[(u64, When)]) -> Vec<sock_filter> {
    let mut program = vec![
        instruction(LOAD, 0, 0, ARCH),
        instruction(EQUAL, 1, 0, NATIVE),
        STOP,
        instruction(LOAD, 0, 0, NUMBER),
    ];
    let numbered = calls
        .iter()
        .filter_map(|(number, when)| Some((u32::try_from(*number).ok()?, *when)));
    let mut calls: Vec<(u32, When)> = numbered.collect();
    calls.sort_by_key(|(number, _)| *number);
    calls.dedup_by_key(|(number, _)| *number);
    program.extend(search(&calls));
    program
}

/// Finds the number among these, which are in order, and decides; each way through it ends in an answer.
fn search(calls: &[(u32, When)]) -> Vec<sock_filter> {
    match calls {
        [] => vec![ALLOW],
        [(number, when)] => decide(*number, *when),
        _ => {
            let (below, from) = calls.split_at(calls.len() / 2);
            let middle = from.first().map_or(0, |(number, _)| *number);
            let below = search(below);
            let mut program = match u8::try_from(below.len()) {
                Ok(over) => vec![instruction(AT_LEAST, over, 0, middle)],
                Err(_) => vec![
                    instruction(AT_LEAST, 0, 1, middle),
                    instruction(JUMP, 0, 0, below.len() as u32),
                ],
            };
            program.extend(below);
            program.extend(search(from));
            program
        }
    }
}

/// What decides where only this number is left.
fn decide(number: u32, when: When) -> Vec<sock_filter> {
    let body = body(when);
    // A jump counts the instructions that it passes over; no body is as long as a jump can be.
    let mut program = vec![instruction(EQUAL, 0, body.len() as u8, number)];
    program.extend(body);
    program.push(ALLOW);
    program
}

/// What decides once the number fits; each way through it ends in an answer.
fn body(when: When) -> Vec<sock_filter> {
    match when {
        When::Always => vec![STOP],
        When::Is(index, value) => vec![
            instruction(LOAD, 0, 0, low_half(index)),
            instruction(EQUAL, 0, 1, value),
            STOP,
            ALLOW,
        ],
        When::Lacks(index, bits) => vec![
            instruction(LOAD, 0, 0, low_half(index)),
            instruction(ANY_BIT, 1, 0, bits),
            STOP,
            ALLOW,
        ],
        When::Masked(index, mask, values) => {
            let mut body = vec![
                instruction(LOAD, 0, 0, low_half(index)),
                instruction(AND, 0, 0, mask),
            ];
            for value in values {
                body.push(instruction(EQUAL, 0, 1, *value));
                body.push(STOP);
            }
            body.push(ALLOW);
            body
        }
    }
}

/// Where the low 32 bits of an argument stand.
const fn low_half(index: u8) -> u32 {
    let half = if cfg!(target_endian = "little") { 0 } else { 4 };
    ARGS + 8 * index as u32 + half
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the filter answers, as the kernel would run it.
    fn answer(program: &[sock_filter], number: u32, arch: u32, args: [u32; 6]) -> u32 {
        let (mut at, mut value) = (0, 0);
        loop {
            let i = program[at];
            at += 1;
            match i.code {
                LOAD => {
                    value = match i.k {
                        NUMBER => number,
                        ARCH => arch,
                        k => args[(k - low_half(0)) as usize / 8],
                    }
                }
                EQUAL => at += usize::from(if value == i.k { i.jt } else { i.jf }),
                AT_LEAST => at += usize::from(if value >= i.k { i.jt } else { i.jf }),
                JUMP => at += i.k as usize,
                ANY_BIT => at += usize::from(if value & i.k != 0 { i.jt } else { i.jf }),
                AND => value &= i.k,
                RETURN => return i.k,
                other => panic!("instruction {other}"),
            }
        }
    }

    #[test]
    fn stops_where_it_should() {
        let program = build(&[
            (1, When::Always),
            (2, When::Is(0, 16)),
            (3, When::Lacks(2, 0x10000)),
            (4, When::Masked(1, 0xff00, &[0x8900, 0xb700])),
            (5, When::Always),
        ]);
        let stops = |number, args| match answer(&program, number, NATIVE, args) {
            libc::SECCOMP_RET_TRACE => true,
            libc::SECCOMP_RET_ALLOW => false,
            other => panic!("{other:x}"),
        };
        let none = [0; 6];
        assert!(stops(1, none) && stops(5, none) && !stops(0, none) && !stops(6, none));
        assert!(stops(2, [16, 0, 0, 0, 0, 0]) && !stops(2, [2, 16, 0, 0, 0, 0]));
        assert!(stops(3, none) && !stops(3, [0, 0, 0x1_0001, 0, 0, 0]));
        assert!(stops(4, [0, 0x8914, 0, 0, 0, 0]) && stops(4, [0, 0xb701, 0, 0, 0, 0]));
        assert!(!stops(4, [0x8900, 0x5401, 0, 0, 0, 0]));
        assert_eq!(
            answer(&program, 0, NATIVE ^ 1, none),
            libc::SECCOMP_RET_TRACE
        );
    }

    #[test]
    fn the_first_of_two_counts() {
        let program = build(&[(7, When::Is(0, 1)), (7, When::Always)]);
        let answer = |arg| answer(&program, 7, NATIVE, [arg, 0, 0, 0, 0, 0]);
        assert_eq!(
            [answer(0), answer(1)],
            [libc::SECCOMP_RET_ALLOW, libc::SECCOMP_RET_TRACE]
        );
    }

    #[test]
    fn farther_than_a_jump_can_be() {
        let calls: Vec<_> = (0..600).map(|n| (2 * n, When::Always)).collect();
        let program = build(&calls);
        for number in 0..1200 {
            let stops = answer(&program, number, NATIVE, [0; 6]) == libc::SECCOMP_RET_TRACE;
            assert_eq!(stops, number % 2 == 0, "{number}");
        }
    }

    #[test]
    fn what_is_traced_fits_a_filter() {
        let traced = crate::tools::audit::calls::traced();
        let program = build(&traced);
        assert!(program.len() < 4096, "BPF_MAXINSNS");
        for number in 0..512 {
            let stops = answer(&program, number, NATIVE, [0; 6]) == libc::SECCOMP_RET_TRACE;
            let always =
                |(n, when): &(u64, When)| *n == u64::from(number) && matches!(when, When::Always);
            let known = traced.iter().any(|(n, _)| *n == u64::from(number));
            assert!(stops || !traced.iter().any(always), "{number}");
            assert!(known || !stops, "{number}");
        }
    }
}
