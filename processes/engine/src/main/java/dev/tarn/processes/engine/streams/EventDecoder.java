package dev.tarn.processes.engine.streams;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;

/** Makes a row of the value of a record. */
interface EventDecoder extends Serializable {
    /** @throws UndecodableException if the value is no such event; what else goes wrong is not the event's fault */
    InternalRow decode(byte[] value) throws UndecodableException;
}
