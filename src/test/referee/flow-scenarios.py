#!/usr/bin/env python3
"""Random scenarios for the kernel and for `vcgroupfs simulate`, one JSON object a line; the same seed gives the same lines.

    flow-scenarios.py --seed 1 --fills 60 --drains 60 --streams 80 > SCENARIOS.jsonl

Values are drawn as people choose them: half of them round, half of them odd, small chunks and small limits as often as
large ones. A name says what a scenario is: kind, limit, connections, chunk, buffers, reads.
"""
import argparse, json, math, random

KIB = 1024
ROUND_LIMITS = [64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192]
ROUND_CONNECTIONS = [1, 1, 2, 3, 4, 6, 8, 12, 16, 20, 24, 32, 48]
ROUND_CHUNKS = [500, 512, 1000, 1024, 1448, 2000, 2048, 4096, 8192, 10000, 16384, 32768, 50000, 65536, 100000]
WMEMS = [[4096, 16384, 65536], [4096, 16384, 262144], [4096, 16384, 1048576], [4096, 65536, 4194304]]
RMEMS = [[4096, 65536, 65536], [4096, 131072, 131072], [4096, 65536, 262144], [4096, 131072, 2097152], [4096, 32768, 524288]]
READ_CHUNKS = [1000, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 262144]
READ_PAUSES = [1, 2, 5, 10, 20, 30, 50, 100]


def between(chance, low, high):
    """Any size, each power of two as likely as another."""
    return round(math.exp(chance.uniform(math.log(low), math.log(high))))


def limit(chance):
    if chance.random() < 0.1:
        return -1
    if chance.random() < 0.6:
        return chance.choice(ROUND_LIMITS) * KIB
    return between(chance, 64 * KIB, 8192 * KIB)


def scenario(chance, kind):
    drawn = {
        "kind": kind,
        "limit": limit(chance),
        "connections": chance.choice(ROUND_CONNECTIONS) if chance.random() < 0.6 else between(chance, 1, 48),
        "chunk": chance.choice(ROUND_CHUNKS) if chance.random() < 0.6 else between(chance, 300, 100000),
        "wmem": chance.choice(WMEMS) if chance.random() < 0.25 else None,
        "rmem": chance.choice(RMEMS) if chance.random() < 0.25 else None,
        "seconds": round(chance.uniform(0.4, 2.0 if kind == "stream" else 1.5), 1),
    }
    if kind == "stream":
        drawn["read_chunk"] = chance.choice(READ_CHUNKS) if chance.random() < 0.7 else between(chance, 1000, 262144)
        drawn["read_every_ms"] = chance.choice(READ_PAUSES)
    return {"name": name(drawn), **drawn}


def name(drawn):
    parts = [drawn["kind"], "L%d" % drawn["limit"], "n%d" % drawn["connections"], "c%d" % drawn["chunk"]]
    parts += [key[0] + "%d" % drawn[key][2] for key in ("wmem", "rmem") if drawn[key]]
    if drawn["kind"] == "stream":
        parts += ["rc%d" % drawn["read_chunk"], "re%d" % drawn["read_every_ms"]]
    return "-".join(parts)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seed", type=int, default=1)
    for kind in ("fill", "drain", "stream"):
        ask.add_argument("--%ss" % kind, type=int, default=0)
    wanted = ask.parse_args()
    chance, names = random.Random(wanted.seed), set()
    for kind in ("fill", "drain", "stream"):
        left = getattr(wanted, kind + "s")
        while left:
            drawn = scenario(chance, kind)
            if drawn["name"] not in names:
                names.add(drawn["name"])
                print(json.dumps(drawn))
                left -= 1


if __name__ == "__main__":
    main()
