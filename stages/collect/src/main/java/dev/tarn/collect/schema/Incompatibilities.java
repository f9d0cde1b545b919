package dev.tarn.collect.schema;

import dev.tarn.settings.Compatibility;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/** Why two schemas do not go together, as Avro itself finds it: a registry may answer no and nothing else. */
final class Incompatibilities {
    private Incompatibilities() {}

    static List<String> of(Schema before, Schema after, Compatibility rule) {
        Set<String> reasons = new LinkedHashSet<>();
        switch (rule) {
            case BACKWARD, BACKWARD_TRANSITIVE -> reasons.addAll(backward(before, after));
            case FORWARD, FORWARD_TRANSITIVE -> reasons.addAll(forward(before, after));
            case FULL, FULL_TRANSITIVE -> {
                reasons.addAll(backward(before, after));
                reasons.addAll(forward(before, after));
            }
            case NONE -> {}
        }
        return List.copyOf(reasons);
    }

    private static List<String> backward(Schema before, Schema after) {
        return reasons(after, before, "the new schema cannot read what was written before");
    }

    private static List<String> forward(Schema before, Schema after) {
        return reasons(before, after, "readers of the schema before cannot read what the new one writes");
    }

    private static List<String> reasons(Schema reader, Schema writer, String meaning) {
        SchemaPairCompatibility pair = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        List<String> reasons = new ArrayList<>();
        for (Incompatibility each : pair.getResult().getIncompatibilities()) {
            reasons.add(meaning + ": " + words(each, reader));
        }
        return reasons;
    }

    private static String words(Incompatibility each, Schema reader) {
        return switch (each.getType()) {
            case READER_FIELD_MISSING_DEFAULT_VALUE ->
                "field '" + each.getMessage() + "' is not in every record and has no default";
            case TYPE_MISMATCH -> "field '" + field(each, reader) + "': " + each.getMessage();
            default -> each.getMessage() + " at " + each.getLocation();
        };
    }

    /** The name of the field that a place such as {@code /fields/2/type} is in. */
    private static String field(Incompatibility each, Schema reader) {
        String[] steps = each.getLocation().split("/");
        if (steps.length > 2 && steps[1].equals("fields") && reader.getType() == Schema.Type.RECORD) {
            return reader.getFields().get(Integer.parseInt(steps[2])).name();
        }
        return each.getLocation();
    }
}
