package dev.tarn.collect.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.model.TarnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaFilesTest {
    @TempDir
    Path lake;

    private void write(String name, String content) throws IOException {
        Path file = lake.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void filesAreNamedAfterTheirSubjects() throws IOException {
        write("schemas/sales-value.avsc", "{\"type\": \"record\",\n \"name\": \"S\", \"fields\": []}");
        write("schemas/sales-key.avsc", "\"string\"");
        write("schemas/README.md", "words");

        assertThat(new SchemaFiles(lake).read()).containsOnlyKeys("sales-key", "sales-value");
        assertThat(new SchemaFiles(lake).find("sales-value").orElseThrow().text())
                .isEqualTo("{\"type\":\"record\",\"name\":\"S\",\"fields\":[]}");
        assertThat(new SchemaFiles(lake).find("../lake")).isEmpty();
    }

    @Test
    void lakeWithoutSchemasHasNone() {
        assertThat(new SchemaFiles(lake).read()).isEmpty();
    }

    @Test
    void allFilesThatAreNoSchemasAreToldAtOnce() throws IOException {
        write(
                "schemas/a-value.avsc",
                "{\"type\": \"record\", \"name\": \"S\", \"fields\": [{\"name\": \"x\", \"type\": \"nope\"}]}");
        write("schemas/b-value.avsc", "{");
        write("schemas/c d.avsc", "\"string\"");

        assertThatThrownBy(() -> new SchemaFiles(lake).read())
                .isInstanceOf(TarnException.class)
                .hasMessageContaining("3 problems")
                .hasMessageContaining("schemas/a-value.avsc: ")
                .hasMessageContaining("nope")
                .hasMessageContaining("schemas/b-value.avsc: ")
                .hasMessageContaining("schemas/c d.avsc: a subject has letters, digits")
                .hasMessageEndingWith("[SCHEMA_INVALID]");
    }

    @Test
    void usersNameTheTopicAsAWholeWord() throws IOException {
        write("streams/summary.yaml", "inputs: {sales: {topic: sales}}\noutput: {topic: sales.summary}\n");
        write("streams/other.yaml", "inputs: {x: {topic: presales}}\n");
        write("models/top.sql", "SELECT * FROM topics.`sales.summary`");
        SchemaUser table = new SchemaUser("table", "moma.artists", "sources/moma.yaml");
        SchemaUsers users = new SchemaUsers(lake, () -> Map.of("museum.public.artists", List.of(table)));

        assertThat(users.of("sales-value")).extracting(SchemaUser::where).containsExactly("streams/summary.yaml");
        assertThat(users.of("sales.summary-key"))
                .extracting(SchemaUser::where)
                .containsExactly("models/top.sql", "streams/summary.yaml");
        assertThat(users.of("museum.public.artists-value")).containsExactly(table);
        assertThat(users.of("nobody-value")).isEmpty();
    }
}
