package dev.tarn.collect.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.settings.Compatibility;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaDiffTest {
    private static final Schema BEFORE = record("""
        {"name":"id","type":"int"},
        {"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":5,"scale":2}},
        {"name":"shop","type":{"type":"record","name":"Shop","fields":[{"name":"city","type":"string"}]}},
        {"name":"old","type":"string"}""");
    private static final Schema AFTER = record("""
        {"name":"id","type":"long"},
        {"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":7,"scale":2}},
        {"name":"shop","type":{"type":"record","name":"Shop","fields":[{"name":"city","type":["null","string"]}]}},
        {"name":"note","type":["null","string"],"default":null},
        {"name":"store","type":"int"}""");

    private static Schema record(String fields) {
        return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"Sale\",\"fields\":[" + fields + "]}");
    }

    @Test
    void everyFieldThatDiffersIsToldInWordsOfPeople() {
        assertThat(SchemaDiff.between(BEFORE, AFTER))
                .containsExactly(
                        new SchemaChange("id", "changed", "int", "long"),
                        new SchemaChange("amount", "changed", "decimal(5,2)", "decimal(7,2)"),
                        new SchemaChange("shop.city", "changed", "string", "null or string"),
                        new SchemaChange("note", "added", null, "null or string default null"),
                        new SchemaChange("store", "added", null, "int"),
                        new SchemaChange("old", "removed", "string", null));
    }

    @Test
    void equalSchemasHaveNoDifference() {
        assertThat(SchemaDiff.between(BEFORE, BEFORE)).isEmpty();
    }

    @Test
    void reasonsNameTheFieldsForEachDirection() {
        assertThat(Incompatibilities.of(BEFORE, AFTER, Compatibility.BACKWARD))
                .anyMatch(reason -> reason.equals("the new schema cannot read what was written before: field 'store' is"
                        + " not in every record and has no default"))
                .noneMatch(reason -> reason.contains("'note'") || reason.contains("'old'"));
        assertThat(Incompatibilities.of(BEFORE, AFTER, Compatibility.FORWARD))
                .anyMatch(reason -> reason.equals("readers of the schema before cannot read what the new one writes:"
                        + " field 'old' is not in every record and has no default"))
                .anyMatch(reason -> reason.contains("field 'id': reader type: INT"))
                .noneMatch(reason -> reason.contains("'store'"));
        assertThat(Incompatibilities.of(BEFORE, AFTER, Compatibility.NONE)).isEmpty();
    }
}
