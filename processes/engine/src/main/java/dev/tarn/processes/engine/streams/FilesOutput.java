package dev.tarn.processes.engine.streams;

import dev.tarn.processes.engine.streams.StreamDefinition.FileFormat;
import dev.tarn.processes.engine.streams.StreamDefinition.FilesTarget;
import dev.tarn.processes.engine.streams.StreamDefinition.Mode;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** Writes rows as files: those of a batch into a folder of its own, so that a batch that comes again replaces its files. */
final class FilesOutput implements StreamOutput {
    private final FilesTarget target;
    private final String folder;
    private final Mode mode;

    FilesOutput(StreamSite site, FilesTarget target, Mode mode) {
        this.target = target;
        this.folder = site.resolve(target.folder());
        this.mode = mode;
    }

    @Override
    public void write(Dataset<Row> batch, long id) {
        Dataset<Row> rows = batch.persist();
        try {
            if (mode == Mode.COMPLETE || !rows.isEmpty()) {
                rows.write()
                        .format(target.format().name().toLowerCase(Locale.ROOT))
                        .mode(SaveMode.Overwrite)
                        .option("header", target.format() == FileFormat.CSV)
                        .save(mode == Mode.COMPLETE ? folder : folder + "/batch=" + id);
            }
        } finally {
            rows.unpersist();
        }
    }
}
