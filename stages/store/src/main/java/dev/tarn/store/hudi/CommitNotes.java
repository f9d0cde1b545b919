package dev.tarn.store.hudi;

import dev.tarn.store.Offsets;
import dev.tarn.store.SourceSpan;
import dev.tarn.store.TableCommit;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;

/**
 * What a commit says of itself besides its files: how far it reaches, which every commit says in full, and the span of
 * source times of its own changes, by which readers find the states that cut no transaction of the source.
 */
final class CommitNotes {
    static final String OFFSETS = "tarn.offsets";
    static final String LSN = "tarn.lsn";
    static final String FROM_MILLIS = "tarn.from-ms";
    static final String UPTO_MILLIS = "tarn.upto-ms";
    private static final String UPSERTED = "tarn.upserted";
    private static final String DELETED = "tarn.deleted";
    private static final String PASSED_OVER = "tarn.passed-over";

    private CommitNotes() {}

    static Map<String, String> of(TableCommit commit) {
        Map<String, String> notes = new HashMap<>();
        notes.put(OFFSETS, commit.offsets().toText());
        notes.put(LSN, Long.toString(commit.lsn()));
        if (!commit.span().isNone()) {
            notes.put(FROM_MILLIS, Long.toString(commit.span().fromMillis()));
            notes.put(UPTO_MILLIS, Long.toString(commit.span().uptoMillis()));
        }
        notes.put(UPSERTED, Long.toString(commit.upserted()));
        notes.put(DELETED, Long.toString(commit.deleted()));
        notes.put(PASSED_OVER, Long.toString(commit.passedOver()));
        return notes;
    }

    /** The newest commit that carries notes, in the active timeline or, failing that, in the archived one. */
    static Optional<TableCommit> findLast(HoodieTableMetaClient client) throws IOException {
        Optional<TableCommit> active =
                findLast(client.getActiveTimeline().getCommitsTimeline().filterCompletedInstants());
        if (active.isPresent()) {
            return active;
        }
        // Only when others have since made more commits than the active timeline holds.
        HoodieTimeline archived =
                client.getArchivedTimeline().getCommitsTimeline().filterCompletedInstants();
        client.getArchivedTimeline().loadCompletedInstantDetailsInMemory();
        return findLast(archived);
    }

    private static Optional<TableCommit> findLast(HoodieTimeline commits) throws IOException {
        for (HoodieInstant instant : commits.getReverseOrderedInstants().toList()) {
            HoodieCommitMetadata metadata = commits.readCommitMetadata(instant);
            Map<String, String> notes = metadata.getExtraMetadata();
            if (notes.containsKey(OFFSETS)) {
                return Optional.of(new TableCommit(
                        instant.requestedTime(),
                        Offsets.fromText(notes.get(OFFSETS)),
                        number(notes, LSN),
                        span(notes),
                        number(notes, UPSERTED),
                        number(notes, DELETED),
                        number(notes, PASSED_OVER)));
            }
        }
        return Optional.empty();
    }

    private static SourceSpan span(Map<String, String> notes) {
        return notes.containsKey(FROM_MILLIS)
                ? new SourceSpan(number(notes, FROM_MILLIS), number(notes, UPTO_MILLIS))
                : SourceSpan.NONE;
    }

    private static long number(Map<String, String> notes, String key) {
        return Long.parseLong(notes.getOrDefault(key, "0"));
    }
}
