package dev.tarn.analyze.verify;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A row that was not the same on both sides, until that is settled. */
final class Candidate {
    /** Stands for a row that is not there. */
    private static final KeyHash ABSENT = new KeyHash(0, 0);

    private final KeyHash key;
    private @Nullable List<String> keyText;
    /** All versions of the source that were seen: the lake may be a little behind. */
    private final Set<KeyHash> versions = new HashSet<>();

    private @Nullable KeyHash version;
    private long since;
    private long sinceNanos;
    /** What the lake held at the last look, if that had by proof read all up to {@link #since}; else null. */
    private @Nullable List<KeyHash> provenLake;

    private List<String> partitions = List.of();
    private Fault.@Nullable Kind doubt;

    Candidate(KeyHash key, @Nullable List<String> keyText) {
        this.key = key;
        this.keyText = keyText;
    }

    KeyHash key() {
        return key;
    }

    @Nullable
    List<String> keyText() {
        return keyText;
    }

    List<String> partitions() {
        return partitions;
    }

    long since() {
        return since;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    /** Takes what the source has at a position; null for nothing. */
    void source(SourceSide.@Nullable Row row, long lsn, long nanos) {
        KeyHash seen = row == null ? ABSENT : row.hash();
        if (!seen.equals(version)) {
            version = seen;
            since = lsn;
            sinceNanos = nanos;
            provenLake = null;
        }
        versions.add(seen);
    }

    /**
     * Takes what the lake has, after {@link #source}.
     *
     * @param proven whether it had read all up to {@link #since}, and the source's row has been so for a while
     * @return whether that is what the source has or had
     */
    boolean lake(List<LakeSide.Row> rows, boolean proven) {
        partitions = rows.stream().map(LakeSide.Row::partition).sorted().toList();
        List<KeyHash> hashes =
                rows.stream().map(LakeSide.Row::hash).sorted(Candidate::compare).toList();
        if (keyText == null) {
            // Until now the source could not be asked for it.
            keyText = rows.isEmpty() ? null : rows.get(0).keyText();
            return rows.isEmpty();
        }
        boolean equal = rows.size() < 2 && versions.contains(rows.isEmpty() ? ABSENT : hashes.get(0));
        boolean again = hashes.equals(provenLake);
        // A commit moves a row as one: what is there twice in one commit is there twice, whatever is on its way.
        provenLake = proven || rows.size() > 1 ? hashes : null;
        doubt = again && !equal ? kind(rows) : null;
        return equal;
    }

    private static int compare(KeyHash a, KeyHash b) {
        int high = Long.compare(a.high(), b.high());
        return high == 0 ? Long.compare(a.low(), b.low()) : high;
    }

    private Fault.Kind kind(List<LakeSide.Row> rows) {
        if (ABSENT.equals(version)) {
            return Fault.Kind.EXTRA;
        }
        return rows.isEmpty() ? Fault.Kind.MISSING : rows.size() > 1 ? Fault.Kind.DOUBLE : Fault.Kind.DIFFERENT;
    }

    /** What is wrong, once it is certain. */
    Fault.@Nullable Kind fault() {
        return doubt;
    }
}
