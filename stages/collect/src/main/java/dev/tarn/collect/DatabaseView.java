package dev.tarn.collect;

import java.util.List;
import java.util.Optional;

/**
 * What one look at a database found.
 *
 * @param tables all that could be captured, wanted or not
 * @param problems of the database as a whole, each a sentence with its next step
 * @param position of the source's slot, if there is one
 */
public record DatabaseView(List<SourceTable> tables, List<String> problems, Optional<SourcePosition> position) {
    public DatabaseView {
        tables = List.copyOf(tables);
        problems = List.copyOf(problems);
    }
}
