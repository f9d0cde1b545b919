package dev.tarn.processes.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.hive.metastore.IHMSHandler;
import org.jspecify.annotations.Nullable;

/**
 * A metastore that remembers its tables and databases until anything is changed in it. Spark asks six times for a table to
 * run one query, and each answer is a dozen of statements to the database. Holds only where all changes come through it.
 */
final class RememberingMetastore implements InvocationHandler {
    private static final Set<String> REMEMBERED = Set.of("get_table", "get_database");

    private final IHMSHandler metastore;
    /** What was answered since the last change; another map after each, which answers to earlier questions do not reach. */
    private volatile Map<List<Object>, Object> answers = new ConcurrentHashMap<>();

    private RememberingMetastore(IHMSHandler metastore) {
        this.metastore = metastore;
    }

    static RememberingMetastore over(IHMSHandler metastore) {
        return new RememberingMetastore(metastore);
    }

    /** What clients ask. */
    IHMSHandler handler() {
        return (IHMSHandler)
                Proxy.newProxyInstance(IHMSHandler.class.getClassLoader(), new Class<?>[] {IHMSHandler.class}, this);
    }

    /** Another object after each change. */
    Object state() {
        return answers;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments != null && REMEMBERED.contains(method.getName())) {
            Map<List<Object>, Object> known = answers;
            List<Object> question = List.of(method.getName(), Arrays.asList(arguments));
            Object answer = known.get(question);
            if (answer == null) {
                answer = Objects.requireNonNull(ask(method, arguments));
                known.put(question, answer);
            }
            return answer;
        }
        if (isReading(method)) {
            return ask(method, arguments);
        }
        try {
            return ask(method, arguments);
        } finally {
            answers = new ConcurrentHashMap<>();
        }
    }

    private static boolean isReading(Method method) {
        return method.getName().startsWith("get");
    }

    private @Nullable Object ask(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(metastore, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
