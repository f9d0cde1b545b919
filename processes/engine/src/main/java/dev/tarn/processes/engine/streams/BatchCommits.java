package dev.tarn.processes.engine.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.table.timeline.TimelineUtils;
import org.apache.hudi.storage.hadoop.HadoopStorageConfiguration;

/** Which batches of a stream a table has, as its commits say. */
final class BatchCommits {
    /** Of all notes that a stream leaves in a commit. */
    static final String PREFIX = "tarn.stream";

    private static final String NAME = PREFIX;
    private static final String RUN = PREFIX + ".run";
    private static final String BATCH = PREFIX + ".batch";
    /** A crash falls between one commit and the checkpoint's note of it: others may have committed since, but few. */
    private static final int LOOKED_AT = 50;

    private final String path;
    private final Configuration hadoop;
    private final String stream;
    private final String run;

    BatchCommits(String path, Configuration hadoop, String stream, String run) {
        this.path = path;
        this.hadoop = hadoop;
        this.stream = stream;
        this.run = run;
    }

    /** Whether a batch has been committed. */
    boolean hold(long batch) {
        HoodieTimeline timeline = HoodieTableMetaClient.builder()
                .setConf(new HadoopStorageConfiguration(hadoop))
                .setBasePath(path)
                .build()
                .getActiveTimeline();
        List<HoodieInstant> instants =
                timeline.getCommitsTimeline().filterCompletedInstants().getInstants();
        for (int i = instants.size() - 1; i >= Math.max(0, instants.size() - LOOKED_AT); i--) {
            Map<String, String> notes = notes(instants.get(i), timeline);
            if (stream.equals(notes.get(NAME)) && run.equals(notes.get(RUN))) {
                return Long.parseLong(notes.getOrDefault(BATCH, "-1")) >= batch;
            }
        }
        return false;
    }

    private static Map<String, String> notes(HoodieInstant instant, HoodieTimeline timeline) {
        try {
            return TimelineUtils.getCommitMetadata(instant, timeline).getExtraMetadata();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the commit of a batch says. */
    Map<String, String> notes(long batch) {
        return Map.of(NAME, stream, RUN, run, BATCH, Long.toString(batch));
    }
}
