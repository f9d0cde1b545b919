package dev.tarn.processes.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hadoop.hive.conf.HiveConf;
import org.apache.hadoop.hive.metastore.HiveMetaStore;
import org.apache.hadoop.hive.metastore.IHMSHandler;
import org.apache.hadoop.hive.metastore.RetryingHMSHandler;
import org.apache.hadoop.hive.metastore.TSetIpAddressProcessor;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.server.TServer;
import org.apache.thrift.server.TThreadPoolServer;
import org.apache.thrift.transport.TServerSocket;
import org.apache.thrift.transport.TTransportFactory;

/**
 * A Hive Metastore on a loopback port, with an embedded Derby database.
 *
 * <p>Hive's own {@code HiveMetaStore.startMetaStore} listens on every interface of the machine and has no setting for
 * it, so the same handler is served from a socket of ours.
 */
final class EmbeddedMetastore {
    private EmbeddedMetastore() {}

    /** Gives what tells its state: another object after each change. */
    static Supplier<Object> start(int port, Path database, String warehouse, Map<String, String> storage)
            throws Exception {
        MetastoreDatabase.createIfAbsent(database);
        RememberingMetastore metastore = RememberingMetastore.over(handler(settings(database, warehouse, storage)));
        TServerSocket socket = new TServerSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        TServer server = new TThreadPoolServer(new TThreadPoolServer.Args(socket)
                .processor(new TSetIpAddressProcessor<>(metastore.handler()))
                .transportFactory(new TTransportFactory())
                .protocolFactory(new TBinaryProtocol.Factory())
                .minWorkerThreads(2)
                .maxWorkerThreads(200)
                .stopTimeoutVal(1)
                .stopTimeoutUnit(TimeUnit.SECONDS));
        Thread thread = new Thread(server::serve, "metastore");
        thread.setDaemon(true);
        thread.start();
        return metastore::state;
    }

    static HiveConf settings(Path database, String warehouse, Map<String, String> storage) {
        HiveConf settings = new HiveConf();
        storage.forEach(settings::set);
        settings.set("javax.jdo.option.ConnectionURL", "jdbc:derby:;databaseName=" + database + ";create=true");
        settings.set("javax.jdo.option.ConnectionDriverName", "org.apache.derby.jdbc.EmbeddedDriver");
        settings.set("datanucleus.schema.autoCreateAll", "true");
        settings.set("hive.metastore.schema.verification", "false");
        settings.set("hive.metastore.warehouse.dir", warehouse);
        settings.set("hive.metastore.uris", "");
        settings.set("hive.stats.autogather", "false");
        return settings;
    }

    static IHMSHandler handler(HiveConf settings) throws MetaException {
        return RetryingHMSHandler.getProxy(settings, new HiveMetaStore.HMSHandler("tarn", settings, false), true);
    }
}
