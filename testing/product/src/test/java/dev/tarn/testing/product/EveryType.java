package dev.tarn.testing.product;

/** A table with a column of every type that flows into the lake, and rows with what is special about each. */
final class EveryType {
    static final String TABLE = """
        CREATE TYPE mood AS ENUM ('sad', 'ok');
        CREATE DOMAIN positive AS int CHECK (value > 0);
        CREATE TABLE every_type (id int, part char(3), c_small smallint, c_big bigint, c_oid oid, c_decimal numeric(12,4),
            c_numeric numeric, c_real real, c_double double precision, c_money money, c_bool bool, c_char char(5),
            c_varchar varchar(20), c_text text, c_bytea bytea, c_date date, c_time time, c_timetz timetz,
            c_timestamp timestamp, c_timestamptz timestamptz, c_interval interval, c_uuid uuid, c_json json, c_jsonb jsonb,
            c_xml xml, c_mood mood, c_positive positive, c_ints int[], c_texts text[], c_decimals numeric(10,3)[],
            c_times timestamptz[], c_dates date[], c_floats real[], c_blobs bytea[], c_moods mood[], c_inet inet,
            c_cidr cidr, c_mac macaddr, c_bit bit, c_bits bit(12), c_varbits varbit, c_range int4range, c_when tstzrange,
            c_point point, c_words tsvector, "Größe in cm" text, PRIMARY KEY (part, id));
        """;

    private EveryType() {}

    /** Statements that insert four rows with ids from this one on. */
    static String rows(int id) {
        return VALUES.formatted(id);
    }

    private static final String VALUES = """
        INSERT INTO every_type VALUES (%1$d, 'abc', -1, 9223372036854775807, 4294967295, 12345678.1200, 1.10, 1.1,
            0.1::float8 + 0.2, '-12.34', true, 'ab', 'v', E'Déjà 漢字 🎨 \\t \\\\ \\n "', '\\xdeadbeef00',
            '2024-02-29', '12:34:56.789', '12:34:56.5+02', '2024-02-29 12:34:56.789012', '2024-02-29 12:34:56.789012+02',
            '1 year 2 mons 3 days 04:05:06.7', '123e4567-e89b-12d3-a456-426614174000', '{"a":  1}', '{"b": 2.0}', '<a/>',
            'ok', 5, '{1,NULL,2}', '{a,"b c","\\"",NULL,"NULL",""}', '{1.500,NULL}', '{2024-01-01 00:00:00+02}',
            '{2024-02-29}', '{1.1,-0}', ARRAY['\\x00ff'::bytea], '{sad,ok}', '10.0.0.1', '10.0.0.0/8',
            '08:00:2b:01:02:03', B'1', B'101010100001', B'0101', '[1,5)', '[2024-01-01 00:00:00+02,2024-01-02)',
            '(1.5,1e-7)', 'a fat cat', 'ü');
        INSERT INTO every_type (id, part, c_real, c_double, c_numeric, c_date, c_time, c_timestamp, c_timestamptz, c_interval,
            c_text, c_texts, c_bits, c_point) VALUES (%1$d + 1, 'x', 'NaN', '-0', '123456789012345678901234567890.000001',
            '0044-03-15', '24:00', '0044-03-15 12:00:00 BC', 'infinity', '-1 mons -04:00:00.5', '', '{}',
            B'000000000000', '(-0,1e20)');
        INSERT INTO every_type (id, part, c_double, c_real, c_timestamp, c_timestamptz, c_numeric) VALUES (%1$d + 2, '', 'Infinity',
            '-1.17e-38', '-infinity', '12024-01-01 00:00:00+00', '-0.10');
        INSERT INTO every_type (id, part) VALUES (%1$d + 3, 'x');
        """;
}
