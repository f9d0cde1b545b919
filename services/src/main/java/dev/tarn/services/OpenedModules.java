package dev.tarn.services;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The flags that Spark 3.5 and Hudi need of a virtual machine of 17 or newer: both reach into the JDK's own classes. */
public final class OpenedModules {
    // The list of Spark's own JavaModuleOptions, with java.io for Hudi's size estimation.
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/sun.nio.ch",
            "java.base/sun.nio.cs",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar");

    private OpenedModules() {}

    /** All of them, as words of a command. */
    public static List<String> flags() {
        List<String> flags = new ArrayList<>();
        for (String opened : OPENED) {
            flags.add("--add-opens=" + opened + "=ALL-UNNAMED");
        }
        // Size estimation attaches to its own process otherwise, which takes over a second and warns.
        Stream.of(
                        "-Djdk.reflect.useDirectMethodHandle=false",
                        "-Djol.skipHotspotSAAttach=true",
                        "-Djol.skipDynamicAttach=true")
                .forEach(flags::add);
        return flags;
    }
}
