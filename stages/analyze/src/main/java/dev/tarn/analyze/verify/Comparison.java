package dev.tarn.analyze.verify;

import java.util.List;
import java.util.Map;

/**
 * What came of a comparison.
 *
 * @param lsn the position in the source's log at which the whole table was compared
 * @param laterLsn the last position at which rows were compared that had changed meanwhile; the same if there was none
 * @param rows of the source at that position
 * @param changed how many rows had changed meanwhile and were found equal at a later position
 * @param undecided how many rows changed so often, or whose changes were so long on their way, that it cannot be told
 * @param behind whether, at the end, the lake had not yet read the source as far as that
 * @param complete false if so much differs that not all of it was looked at: the counts are then at least so many, and
 *     without any fault nothing is told of the rest
 * @param faults all that were found; the columns only of the first ones
 */
public record Comparison(
        long lsn,
        long laterLsn,
        long rows,
        long changed,
        long undecided,
        boolean behind,
        boolean complete,
        List<Fault> faults) {
    public Comparison {
        faults = List.copyOf(faults);
    }

    /** How many faults there are of a kind. */
    public long count(Fault.Kind kind) {
        return faults.stream().filter(fault -> fault.kind() == kind).count();
    }

    /** The counts by the words for their kinds. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new java.util.LinkedHashMap<>();
        for (Fault.Kind kind : Fault.Kind.values()) {
            counts.put(kind.toString(), count(kind));
        }
        return counts;
    }
}
