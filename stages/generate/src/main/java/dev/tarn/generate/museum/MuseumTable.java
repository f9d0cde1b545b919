package dev.tarn.generate.museum;

import dev.tarn.generate.museum.Column.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The two tables of the museum; the first column of each is its key. */
public enum MuseumTable {
    /** Who made the works. */
    ARTISTS(
            "Artists with works in the museum",
            new Column("artist_id", Type.INTEGER, true, "The museum's number of the artist"),
            new Column("name", Type.TEXT, true, "Name as the museum shows it"),
            new Column(
                    "nationality",
                    Type.TEXT,
                    false,
                    "Nationality, words joined by _; Nationality_Unknown if looked for"),
            new Column("gender", Type.TEXT, false, "Gender as recorded, in no fixed spelling"),
            new Column("birth_year", Type.INTEGER, false, "Year of birth"),
            new Column("death_year", Type.INTEGER, false, "Year of death; empty if alive or not known")),
    /** The works. */
    ARTWORKS(
            "Works in the museum's collection",
            new Column("artwork_id", Type.INTEGER, true, "The museum's number of the work"),
            new Column("title", Type.TEXT, false, "Title"),
            new Column("artist_id", Type.INTEGER, true, "The artist; not every artist need be in artists"),
            new Column("name", Type.TEXT, false, "Name of the artist, as in artists"),
            new Column("date", Type.TEXT, false, "When it was made, as text: often a year"),
            new Column("medium", Type.TEXT, false, "What it is made of"),
            new Column("dimensions", Type.TEXT, false, "Dimensions in words, inches and centimetres"),
            new Column("acquisition_date", Type.DATE, false, "Day on which the museum acquired it"),
            new Column("credit", Type.TEXT, false, "How the museum came by it"),
            new Column("catalogue", Type.TEXT, false, "Y if it is in the published catalogue, else N"),
            new Column("department", Type.TEXT, false, "Department that keeps it"),
            new Column("classification", Type.TEXT, true, "Kind of work, words joined by _"),
            new Column("object_number", Type.TEXT, false, "Number of the object in the museum's register"),
            new Column("diameter_cm", Type.MEASURE, false, "Diameter in centimetres"),
            new Column("circumference_cm", Type.MEASURE, false, "Circumference in centimetres"),
            new Column("height_cm", Type.MEASURE, false, "Height in centimetres"),
            new Column("length_cm", Type.MEASURE, false, "Length in centimetres"),
            new Column("width_cm", Type.MEASURE, false, "Width in centimetres"),
            new Column("depth_cm", Type.MEASURE, false, "Depth in centimetres"),
            new Column("weight_kg", Type.MEASURE, false, "Weight in kilograms"),
            new Column("durations", Type.INTEGER, false, "Running time in seconds"));

    private final String comment;
    private final List<Column> columns;

    MuseumTable(String comment, Column... columns) {
        this.comment = comment;
        this.columns = List.of(columns);
    }

    /** The table's name. */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its columns, in the order of the files. */
    public List<Column> columns() {
        return columns;
    }

    /** The first line of its file. */
    public String header() {
        return columns.stream().map(Column::name).collect(Collectors.joining("|"));
    }

    /**
     * The SQL that makes the table and describes it, one statement each. There is no foreign key: files of this shape may
     * name artists whom they do not have.
     */
    public List<String> statements() {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE " + tableName() + " ("
                + columns.stream().map(this::definition).collect(Collectors.joining(", ")) + ")");
        statements.add("COMMENT ON TABLE " + tableName() + " IS " + quoted(comment));
        for (Column column : columns) {
            statements.add(
                    "COMMENT ON COLUMN " + tableName() + "." + column.name() + " IS " + quoted(column.comment()));
        }
        return List.copyOf(statements);
    }

    /** The statement that takes rows as text, see {@link CopyText}. */
    public String copyStatement() {
        return "COPY " + tableName() + " (" + columns.stream().map(Column::name).collect(Collectors.joining(", "))
                + ") FROM STDIN";
    }

    private String definition(Column column) {
        String constraint = column.equals(columns.get(0)) ? " PRIMARY KEY" : column.required() ? " NOT NULL" : "";
        return column.name() + " " + column.type().sql() + constraint;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
