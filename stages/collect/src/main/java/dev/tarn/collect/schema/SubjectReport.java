package dev.tarn.collect.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a subject stands.
 *
 * @param file relative to the lake directory; null if there is none
 * @param version the newest that is registered; null if none is
 * @param id of that version
 * @param rule the compatibility that it is held to, as lake.yaml writes it; empty if the registry holds it to none
 * @param reasons why it is incompatible, one sentence each
 * @param users who works with it
 */
public record SubjectReport(
        String subject,
        @Nullable String file,
        SchemaState state,
        @Nullable Integer version,
        @Nullable Integer id,
        String rule,
        List<String> reasons,
        List<SchemaUser> users) {
    public SubjectReport {
        reasons = List.copyOf(reasons);
        users = List.copyOf(users);
    }
}
