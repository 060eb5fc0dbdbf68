//! Structs of traffic control (`linux/pkt_sched.h`, `linux/gen_stats.h`).

use crate::schema::Value::*;
use crate::schema::{Int, Names, layouts};

layouts! {
    /// A rate.
    pub RATESPEC = "tc_ratespec" {
        cell_log: U8,
        linklayer: Enum(Int::U8, LINK_LAYERS),
        overhead: U16,
        cell_align: S16,
        mpu: U16,
        rate: U32,
    }
    /// Sizes of packets as a link has them.
    pub SIZESPEC = "tc_sizespec" {
        cell_log: U8,
        size_log: U8,
        cell_align: S16,
        overhead: S32,
        linklayer: Enum(Int::U32, LINK_LAYERS),
        mpu: U32,
        mtu: U32,
        tsize: U32,
    }
    /// How rates are estimated.
    pub ESTIMATOR = "tc_estimator" {
        interval: S8,
        ewma_log: U8,
    }
    /// Counters.
    pub STATS = "tc_stats" {
        bytes: U64,
        packets: U32,
        drops: U32,
        overlimits: U32,
        bps: U32,
        pps: U32,
        qlen: U32,
        backlog: U32,
    }
    /// Bytes and packets.
    pub STATS_BASIC = "gnet_stats_basic" {
        bytes: U64,
        packets: U32,
    }
    /// Rates.
    pub STATS_RATE_EST = "gnet_stats_rate_est" {
        bps: U32,
        pps: U32,
    }
    /// Rates of 64 bits.
    pub STATS_RATE_EST64 = "gnet_stats_rate_est64" {
        bps: U64,
        pps: U64,
    }
    /// What waits.
    pub STATS_QUEUE = "gnet_stats_queue" {
        qlen: U32,
        backlog: U32,
        drops: U32,
        requeues: U32,
        overlimits: U32,
    }
    /// A queue.
    pub FIFO = "tc_fifo_qopt" {
        limit: U32,
    }
    /// Bands.
    pub PRIO = "tc_prio_qopt" {
        bands: S32,
        priomap[16]: Bytes,
    }
    /// Bands of a device with several queues.
    pub MULTIQ = "tc_multiq_qopt" {
        bands: U16,
        max_bands: U16,
    }
    /// A bucket of tokens.
    pub TBF = "tc_tbf_qopt" {
        rate: Record(&RATESPEC),
        peakrate: Record(&RATESPEC),
        limit: U32,
        buffer: U32,
        mtu: U32,
    }
    /// Fair queues.
    pub SFQ = "tc_sfq_qopt" {
        quantum: U32,
        perturb_period: S32,
        limit: U32,
        divisor: U32,
        flows: U32,
    }
    /// Fair queues, with early drops.
    pub SFQ_V1 = "tc_sfq_qopt_v1" {
        v0: Record(&SFQ),
        depth: U32,
        headdrop: U32,
        limit: U32,
        qth_min: U32,
        qth_max: U32,
        Wlog: U8,
        Plog: U8,
        Scell_log: U8,
        flags: U8,
        max_P: U32,
        stats: Record(&SFQRED_STATS),
    }
    /// Early drops.
    pub SFQRED_STATS = "tc_sfqred_stats" {
        prob_drop: U32,
        forced_drop: U32,
        prob_mark: U32,
        forced_mark: U32,
        prob_mark_head: U32,
        forced_mark_head: U32,
    }
    /// Counters of fair queues.
    pub SFQ_XSTATS = "tc_sfq_xstats" {
        allot: S32,
    }
    /// Random early detection.
    pub RED = "tc_red_qopt" {
        limit: U32,
        qth_min: U32,
        qth_max: U32,
        Wlog: U8,
        Plog: U8,
        Scell_log: U8,
        flags: Bits(Int::U8, RED_FLAGS),
    }
    /// Its counters.
    pub RED_XSTATS = "tc_red_xstats" {
        early: U32,
        pdrop: U32,
        other: U32,
        marked: U32,
    }
    /// A class of HTB.
    pub HTB = "tc_htb_opt" {
        rate: Record(&RATESPEC),
        ceil: Record(&RATESPEC),
        buffer: U32,
        cbuffer: U32,
        quantum: U32,
        level: U32,
        prio: U32,
    }
    /// HTB.
    pub HTB_GLOB = "tc_htb_glob" {
        version: U32,
        rate2quantum: U32,
        defcls: U32,
        debug: U32,
        direct_pkts: U32,
    }
    /// Counters of a class of HTB.
    pub HTB_XSTATS = "tc_htb_xstats" {
        lends: U32,
        borrows: U32,
        giants: U32,
        tokens: S32,
        ctokens: S32,
    }
    /// HFSC.
    pub HFSC = "tc_hfsc_qopt" {
        defcls: U16,
    }
    /// A curve of HFSC.
    pub SERVICE_CURVE = "tc_service_curve" {
        m1: U32,
        d: U32,
        m2: U32,
    }
    /// Counters of a class of HFSC.
    pub HFSC_STATS = "tc_hfsc_stats" {
        work: U64,
        rtwork: U64,
        period: U32,
        level: U32,
    }
    /// What happens to packets.
    pub NETEM = "tc_netem_qopt" {
        latency: U32,
        limit: U32,
        loss: U32,
        gap: U32,
        duplicate: U32,
        jitter: U32,
    }
    /// How much one depends on the last.
    pub NETEM_CORR = "tc_netem_corr" {
        delay_corr: U32,
        loss_corr: U32,
        dup_corr: U32,
    }
    /// Order lost.
    pub NETEM_REORDER = "tc_netem_reorder" {
        probability: U32,
        correlation: U32,
    }
    /// Bits lost.
    pub NETEM_CORRUPT = "tc_netem_corrupt" {
        probability: U32,
        correlation: U32,
    }
    /// Rate.
    pub NETEM_RATE = "tc_netem_rate" {
        rate: U32,
        packet_overhead: S32,
        cell_size: U32,
        cell_overhead: S32,
    }
    /// Slots.
    pub NETEM_SLOT = "tc_netem_slot" {
        min_delay: S64,
        max_delay: S64,
        max_packets: S32,
        max_bytes: S32,
        dist_delay: S64,
        dist_jitter: S64,
    }
    /// Loss by a general model.
    pub NETEM_GIMODEL = "tc_netem_gimodel" {
        p13: U32,
        p31: U32,
        p32: U32,
        p14: U32,
        p23: U32,
    }
    /// Loss by Gilbert and Elliot.
    pub NETEM_GEMODEL = "tc_netem_gemodel" {
        p: U32,
        r: U32,
        h: U32,
        k1: U32,
    }
    /// Counters of CoDel.
    pub CODEL_XSTATS = "tc_codel_xstats" {
        maxpacket: U32,
        count: U32,
        lastcount: U32,
        ldelay: U32,
        drop_next: S32,
        drop_overlimit: U32,
        ecn_mark: U32,
        dropping: U32,
        ce_mark: U32,
    }
    /// Counters of fair queues with CoDel, of the whole or of a class.
    pub FQ_CODEL_XSTATS = "tc_fq_codel_xstats" {
        type: Enum(Int::U32, FQ_CODEL_XSTATS_TYPES),
        qdisc_stats: Record(&FQ_CODEL_QD_STATS),
    }
    /// Of the whole.
    pub FQ_CODEL_QD_STATS = "tc_fq_codel_qd_stats" {
        maxpacket: U32,
        drop_overlimit: U32,
        ecn_mark: U32,
        new_flow_count: U32,
        new_flows_len: U32,
        old_flows_len: U32,
        ce_mark: U32,
        memory_usage: U32,
        drop_overmemory: U32,
    }
    /// Counters of fair queues.
    pub FQ_QD_STATS = "tc_fq_qd_stats" {
        gc_flows: U64,
        highprio_packets: U64,
        tcp_retrans: U64,
        throttled: U64,
        flows_plimit: U64,
        pkts_too_long: U64,
        allocation_errors: U64,
        time_next_delayed_flow: S64,
        flows: U32,
        inactive_flows: U32,
        throttled_flows: U32,
        unthrottle_latency_ns: U32,
        ce_mark: U64,
        horizon_drops: U64,
        horizon_caps: U64,
    }
    /// Counters of PIE.
    pub PIE_XSTATS = "tc_pie_xstats" {
        prob: U64,
        delay: U32,
        avg_dq_rate: U32,
        dq_rate_estimating: U32,
        packets_in: U32,
        dropped: U32,
        overlimit: U32,
        maxq: U32,
        ecn_mark: U32,
    }
    /// Classes of traffic and their queues.
    pub MQPRIO = "tc_mqprio_qopt" {
        num_tc: U8,
        prio_tc_map[16]: Bytes,
        hw: U8,
        count[32]: Array(&U16, 2),
        offset[32]: Array(&U16, 2),
    }
    /// Shaping by credit.
    pub CBS = "tc_cbs_qopt" {
        offload: U8,
        _pad[3]: Bytes,
        hicredit: S32,
        locredit: S32,
        idleslope: S32,
        sendslope: S32,
    }
    /// Sending at a time.
    pub ETF = "tc_etf_qopt" {
        delta: S32,
        clockid: S32,
        flags: U32,
    }
    /// Shaping at random.
    pub SKBPRIO = "tc_skbprio_qopt" {
        limit: U32,
    }
}

/// What frames are of.
const LINK_LAYERS: Names = &[
    (0, "TC_LINKLAYER_UNAWARE"),
    (1, "TC_LINKLAYER_ETHERNET"),
    (2, "TC_LINKLAYER_ATM"),
];

/// What early detection does.
const RED_FLAGS: Names = &[
    (1, "TC_RED_ECN"),
    (2, "TC_RED_HARDDROP"),
    (4, "TC_RED_ADAPTATIVE"),
    (8, "TC_RED_NODROP"),
];

/// Of what the counters are.
const FQ_CODEL_XSTATS_TYPES: Names = &[
    (0, "TCA_FQ_CODEL_XSTATS_QDISC"),
    (1, "TCA_FQ_CODEL_XSTATS_CLASS"),
];
