//! Namespaces made, named and removed by the product, judged by iproute2.

use vnet_tests::builds;

builds! {
    add_and_delete: "" => "
        ip netns add n1
        ip netns add n2
        ip netns add n1
        ip netns del n1
        ip netns delete nosuch
        ip netns add n3
        ip netns d n3";
    words_that_are_no_names: "" => "
        ip netns add a/b
        ip netns add .
        ip netns add ..
        ip netns add ''
        ip netns add
        ip netns del ..
        ip netns del a/b
        ip netns exec a/b true
        ip netns add with-dash_and.dot";
    names_too_long: "" => "
        ip netns add aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        ip netns add aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    ids: "ip netns add n1\nip netns add n2" => "
        ip netns set n1 7
        ip netns set n1 8
        ip netns set n2 7
        ip netns set n2 auto
        ip link add v0 type veth peer name v1 netns n2";
    delete_all: "ip netns add n1\nip netns add n2" => "ip -all netns delete";
    delete_all_when_there_is_none: "" => "
        ip -all netns delete
        ip -all netns exec true";
    attach: "ip netns add n1" => "
        ip netns attach mine 1
        ip netns attach n1 1
        ip netns attach other 99999";
}
