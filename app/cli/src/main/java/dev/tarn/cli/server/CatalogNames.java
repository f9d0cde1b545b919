package dev.tarn.cli.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The names that SQL on a lake can use. */
public record CatalogNames(List<String> databases, List<Relation> tables) {
    public CatalogNames {
        databases = List.copyOf(databases);
        tables = List.copyOf(tables);
    }

    /** A table or a view. */
    public record Relation(String database, String table, List<String> columns) {
        public Relation {
            columns = List.copyOf(columns);
        }

        /** Such as {@code museum.artworks}. */
        public String fullName() {
            return database + "." + table;
        }
    }

    static CatalogNames parse(JsonFields fields) throws IOException {
        List<Relation> tables = new ArrayList<>();
        for (JsonFields table : fields.objects("tables")) {
            tables.add(new Relation(table.text("database"), table.text("table"), table.list("columns")));
        }
        return new CatalogNames(fields.list("databases"), tables);
    }
}
