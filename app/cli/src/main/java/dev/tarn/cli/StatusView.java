package dev.tarn.cli;

import static java.util.Map.entry;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.LakeStatus;
import dev.tarn.cli.server.ProcessNote;
import dev.tarn.cli.server.ServiceStatus;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A lake and its services: one row for the server, one for each service.
 *
 * @param json what programs get
 * @param messages words below the table
 * @param advice what to do next; empty when nothing
 */
record StatusView(Table table, Map<String, Object> json, List<String> messages, String advice) {
    private static final Map<String, String> COLOURS = Map.ofEntries(
            entry("ready", "green"),
            entry("healthy", "green"),
            entry("starting", "yellow"),
            entry("restarting", "yellow"),
            entry("unresponsive", "yellow"),
            entry("degraded", "yellow"),
            entry("stopping", "yellow"),
            entry("failed", "red"),
            entry("unreachable", "red"),
            entry("orphaned", "red"));

    /** A lake whose server answers. */
    static StatusView of(LakeStatus lake) {
        Table table = emptyTable();
        table.add(
                Cell.text("server"),
                state(lake.state().name().toLowerCase(Locale.ROOT)),
                Cell.number(lake.pid()),
                Cell.text(lake.address()),
                Cell.memory(lake.memoryBytes()),
                Cell.duration(lake.uptimeMillis()),
                Cell.text(lake.version()));
        List<String> messages = new ArrayList<>();
        for (ServiceStatus service : lake.services()) {
            table.add(
                    Cell.text(service.name()),
                    state(service.state().word()),
                    Cell.number(service.pid()),
                    Cell.text(addresses(service)),
                    Cell.memory(service.memoryBytes()),
                    Cell.duration(service.uptimeMillis()),
                    Cell.text(service.version()));
            if (service.message() != null) {
                messages.add(service.name() + ": " + service.message());
            }
        }
        return new StatusView(table, lake.answer(), messages, "");
    }

    /** A lake without a server; a killed one may have left processes. */
    static StatusView stopped(LakeLocation lake, List<ProcessNote> orphans) {
        Table table = emptyTable();
        addWithoutDetails(table, "server", "stopped", Cell.text(null));
        List<Map<String, Object>> services = new ArrayList<>();
        for (ProcessNote orphan : orphans) {
            addWithoutDetails(table, orphan.name(), "orphaned", Cell.number(orphan.pid()));
            services.add(Map.of("name", orphan.name(), "state", "orphaned", "pid", orphan.pid()));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lake", lake.name());
        json.put("directory", lake.directory().toString());
        json.put("state", "stopped");
        json.put("services", services);
        String advice = orphans.isEmpty()
                ? "Lake '" + lake.name() + "' is not running. Start it with: tarn up"
                : "Lake '" + lake.name() + "' is not running, but a killed server left processes behind."
                        + " Stop them with: tarn down";
        return new StatusView(table, json, List.of(), advice);
    }

    private static Table emptyTable() {
        return new Table("name", "state", "pid", "address", "memory/memoryBytes", "uptime/uptimeMillis", "version");
    }

    private static void addWithoutDetails(Table table, String name, String state, Cell pid) {
        Cell none = Cell.text(null);
        table.add(Cell.text(name), state(state), pid, none, none, none, none);
    }

    private static Cell state(String word) {
        return Cell.coloured(word, COLOURS.getOrDefault(word, ""));
    }

    private static String addresses(ServiceStatus service) {
        return service.addresses().isEmpty()
                ? "-"
                : String.join("\n", service.addresses().values());
    }

    void print(Terminal terminal, OutputFormat format) {
        if (format == OutputFormat.JSON) {
            terminal.data().print(Table.json(json));
            return;
        }
        terminal.data().print(table.render(format, terminal.dataColours()));
        if (format == OutputFormat.TABLE) {
            messages.forEach(terminal.data()::println);
            if (!advice.isEmpty()) {
                terminal.say(advice);
            }
        }
    }
}
