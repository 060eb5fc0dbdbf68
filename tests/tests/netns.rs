//! Named namespaces: what a command run inside one finds there.

use std::process::Stdio;
use std::time::Duration;

use vnet_tests::{Judge, Sandbox, lab, product, run, sandbox};

/// The same script run with the judges and with the product, each in a fresh
/// sandbox with the same state: the same output, the same end.
#[track_caller]
fn same(state: &str, script: &str) -> String {
    let judges = [Judge::Iproute2, Judge::UtilLinux];
    let (Some(judge), Some(made)) = (lab(&judges), lab(&judges)) else {
        return String::new();
    };
    for one in [&judge, &made] {
        let _ = one.sh(state).ok();
    }
    let want = judge.sh(script);
    let got = made.product_sh(script);
    assert_eq!(
        want.text(),
        got.text(),
        "{script}: judge {want}; product {got}"
    );
    assert_eq!(
        want.code(),
        got.code(),
        "{script}: judge {want}; product {got}"
    );
    if !want.status.success() {
        assert_eq!(want.first_error(), got.first_error(), "{script}");
    }
    got.text()
}

const TWO: &str = "
    ip netns add n1
    ip netns add n2
    ip link add v0 type veth peer name v1 netns n1";

#[test]
fn exec_gives_the_command_its_own_sys() {
    same(
        TWO,
        "
        ip netns exec n1 ls /sys/class/net
        ip netns exec n2 ls /sys/class/net
        ls /sys/class/net
        ip netns exec n1 stat -f -c %T /sys",
    );
}

#[test]
fn exec_passes_words_input_and_the_end_on() {
    same(
        TWO,
        "
        ip netns exec n1 echo 'two words' -- -n --flag ''
        echo input | ip netns exec n1 cat
        ip netns exec n1 sh -c 'exit 9' || echo $?
        ip netns exec n1 sh -c 'kill -TERM $$' || echo $?
        NAME=value ip netns exec n1 sh -c 'echo $NAME'
        cd /usr && ip netns exec n1 pwd
        ip netns exec n1 ip netns exec n2 ip -o link | wc -l
        ip netns exec n1 ip link set v1 up
        ip netns exec n1 nosuchprogram",
    );
}

#[test]
fn exec_shows_the_namespaces_own_files_of_etc() {
    same(
        TWO,
        "
        mount -t tmpfs tmpfs /etc
        mkdir -p /etc/netns/n1
        echo outside > /etc/resolv.conf
        echo kept > /etc/hosts
        echo inside > /etc/netns/n1/resolv.conf
        echo 'no such file outside' > /etc/netns/n1/absent.conf
        ip netns exec n1 cat /etc/resolv.conf /etc/hosts 2>/dev/null
        ip netns exec n2 cat /etc/resolv.conf
        cat /etc/resolv.conf
        ls /etc",
    );
}

#[test]
fn what_is_mounted_inside_stays_inside() {
    same(
        TWO,
        "
        ip netns exec n1 mount -t tmpfs tmpfs /mnt
        findmnt -n -o FSTYPE /mnt || echo nothing is mounted
        ip netns exec n1 ip netns add n3
        ip netns list | sed 's/ .*//' | sort",
    );
}

#[test]
fn all_namespaces_one_after_the_other() {
    let text = same(
        "ip netns add n1",
        "
        ip -all netns exec ip -o link
        ip -a netns exec sh -c 'exit 4' 2>/dev/null || echo $?
        ip -all netns exec nosuchprogram 2>/dev/null || echo $?",
    );
    assert!(
        text.is_empty() || text.starts_with("\nnetns: n1\n1: lo:"),
        "{text}"
    );
    let text = same(
        TWO,
        "
        ip -all netns exec sh -c 'ip -o link | wc -l' | sort
        ip -all netns delete
        ip netns list
        ls /run/netns",
    );
    assert!(
        text.is_empty() || text.contains("netns: n1") && text.contains("netns: n2"),
        "{text}"
    );
}

#[test]
fn identify_pids_and_attach() {
    same(
        TWO,
        "
        ip netns exec n1 ip netns identify
        ip netns exec n1 sh -c 'ip netns identify $$'
        ip netns identify 1
        ip netns exec n2 sleep 50 > /dev/null 2>&1 < /dev/null &
        pid=$!
        until ip netns pids n2 | grep -q .; do sleep 0.01; done
        ip netns identify $pid
        ip netns pids n2 | wc -l
        ip netns attach mine $pid
        ip netns pids mine | wc -l
        ip netns delete n2
        ip netns exec mine ip -o link | wc -l
        ip netns identify $pid
        ip netns list | sed 's/ .*//' | sort",
    );
}

#[test]
fn ids_and_their_list() {
    same(
        TWO,
        "
        ip netns set n2 77
        ip netns list-id
        ip netns list
        ip -n n1 netns set n2 5
        ip -n n1 netns list-id
        ip netns set n2 78 || echo $?
        ip netns list-id target-nsid 77 || echo $?
        ip -j netns list-id",
    );
}

/// What ip has not got.
#[test]
fn by_pid_by_path_and_net_only() {
    if product::is_judge() {
        return;
    }
    let Some(sandbox) = lab(&[Judge::Iproute2]) else {
        return;
    };
    let _ = sandbox.sh(TWO).ok();
    let product = |script: &str| sandbox.product_sh(script).ok().text();
    assert_eq!(
        product("vnet -n 1 -o link"),
        sandbox.run("ip -o link").text()
    );
    let inside = "
        ip netns exec n1 sleep 50 > /dev/null 2>&1 < /dev/null &
        until vnet netns pids n1 | grep -q .; do sleep 0.01; done
        vnet -n $! -o link";
    assert_eq!(product(inside), sandbox.run("ip -n n1 -o link").text());

    assert_eq!(
        product("vnet -n /run/netns/n1 -o link"),
        sandbox.run("ip -n n1 -o link").text()
    );
    assert_eq!(
        product("vnet -n /proc/1/ns/net -o link"),
        sandbox.run("ip -o link").text()
    );
    for path in ["/nosuch", "/etc/passwd", "/", "999999"] {
        let output = sandbox.product_sh(&format!("vnet -n {path} link"));
        assert_eq!(output.code(), 255, "{path}: {output}");
        assert!(output.errors().contains(path), "{path}: {output}");
    }

    let ids = "readlink /proc/self/ns/net /proc/self/ns/mnt";
    let outside = product(ids);
    let only = product(&format!("vnet netns exec --net-only n1 {ids}"));
    let full = product(&format!("vnet netns exec n1 {ids}"));
    let line = |text: &str, n: usize| text.lines().nth(n).unwrap_or_default().to_string();
    assert_eq!(line(&only, 0), line(&full, 0), "the same network");
    assert_ne!(line(&only, 0), line(&outside, 0));
    assert_eq!(line(&only, 1), line(&outside, 1), "the caller's mounts");
    assert_ne!(line(&full, 1), line(&outside, 1));
    let word = product("vnet netns exec --net-only n1 ls /sys/class/net");
    assert!(word.contains("v0"), "the caller's /sys: {word}");
}

#[test]
fn monitor_tells_what_comes_and_goes() {
    for monitor in ["ip netns monitor", "vnet netns monitor"] {
        let Some(sandbox) = lab(&[Judge::Iproute2]) else {
            return;
        };
        let _ = sandbox.sh("ip netns add before").ok();
        let mut command = sandbox.command("sh");
        // iproute2 would keep its lines to itself until the end.
        let words = format!("exec timeout 1.2 stdbuf -oL {monitor}");
        command.args(["-c", &words]).env("PATH", product::path());
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        std::thread::sleep(Duration::from_millis(400));
        let _ = sandbox
            .sh("ip netns add n1; ip netns add n2; ip netns del n1; ip netns del before")
            .ok();
        let output = run::finish(child.unwrap(), run::LIMIT).unwrap();
        assert_eq!(
            output.text(),
            "add n1\nadd n2\ndelete n1\ndelete before\n",
            "{monitor}: {output}"
        );
    }
}

/// A device moved with PID 1's namespace as its goal, as the documents do.
#[test]
fn a_device_moved_to_pid_1() {
    same(
        "ip netns add n1\nip link add v0 type veth peer name v1 netns n1",
        "
        ip netns exec n1 ip link set v1 netns 1
        ip -o link | sed 's/link.ether.*//'
        ip netns exec n1 ip -o link | wc -l
        ip link set v0 netns n1
        ip -n n1 -o link | sed 's/link.ether.*//'",
    );
}

/// Named namespaces as an ordinary user inside a user namespace of its own.
#[test]
fn in_a_user_namespace() {
    let Some(sandbox) = lab(&[Judge::Iproute2, Judge::UtilLinux]) else {
        return;
    };
    if !sandbox::is_real_root() {
        vnet_tests::judges::left_out_here(
            "every other test does this already: the user is not root",
        );
        return;
    }
    let script = "
        mount -t tmpfs tmpfs /run
        ip netns add n1
        ip netns add n2
        ip -n n1 link add v1 type veth peer name v2 netns n2
        ip netns exec n1 ip link set v1 up
        ip netns list | sort
        ip -n n2 -o link | wc -l
        ip netns delete n1
        ip netns list";
    let run_with = |path: &str, sandbox: &Sandbox| {
        let mut command = sandbox.command_as(65534, "unshare");
        command
            .args(["-r", "-m", "-n", "sh", "-eu", "-c", script])
            .env("PATH", path);
        run::run(&mut command, b"").unwrap()
    };
    let judge = run_with(vnet_tests::judges::PATH, &sandbox);
    // The names must be found by a user who cannot read the builder's home.
    let _ = sandbox
        .sh("mount -t tmpfs tmpfs /mnt; cp -L /run/under-test/* /mnt")
        .ok();
    let product = run_with(&format!("/mnt:{}", vnet_tests::judges::PATH), &sandbox);
    assert_eq!(judge.text(), product.text(), "{product}; judge {judge}");
    assert_eq!(judge.code(), product.code(), "{product}; judge {judge}");
}
