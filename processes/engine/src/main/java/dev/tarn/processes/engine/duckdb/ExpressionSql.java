package dev.tarn.processes.engine.duckdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BinaryArithmetic;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.BinaryExpression;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Concat;
import org.apache.spark.sql.catalyst.expressions.Contains;
import org.apache.spark.sql.catalyst.expressions.DayOfMonth;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.EndsWith;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.InSet;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Length;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Month;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.Remainder;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.StartsWith;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnaryExpression;
import org.apache.spark.sql.catalyst.expressions.Year;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DecimalType$;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Spark's resolved expressions in DuckDB's SQL: only those that give the same value for every input, or fail in DuckDB where
 * they would not, as an overflow does, so that Spark is asked instead. Casts are where Spark's analyzer has put them.
 */
final class ExpressionSql {
    private static final Map<Class<?>, String> COMPARISONS = Map.of(
            EqualTo.class, "=",
            EqualNullSafe.class, "IS NOT DISTINCT FROM",
            LessThan.class, "<",
            LessThanOrEqual.class, "<=",
            GreaterThan.class, ">",
            GreaterThanOrEqual.class, ">=");

    private ExpressionSql() {}

    /** The name that an attribute has in every query. */
    static String name(NamedExpression attribute) {
        return "c" + attribute.exprId().id();
    }

    /** An item of a select list. */
    static String item(NamedExpression expression) throws NotFastException {
        Expression value = expression instanceof Alias alias ? alias.child() : (Expression) expression;
        return of(value) + " AS " + name(expression);
    }

    static String of(Expression expression) throws NotFastException {
        if (expression instanceof Attribute attribute) {
            DuckTypes.name(attribute.dataType());
            return name(attribute);
        } else if (expression instanceof Literal literal) {
            return DuckTypes.literal(literal.value(), literal.dataType());
        } else if (expression instanceof Cast cast) {
            return cast(cast);
        } else if (expression instanceof BinaryComparison comparison) {
            return binary(comparison, comparison(comparison));
        } else if (expression instanceof BinaryArithmetic arithmetic) {
            return arithmetic(arithmetic);
        } else if (expression instanceof BinaryExpression binary) {
            return binaryWord(binary);
        } else if (expression instanceof UnaryExpression unary) {
            return unary(unary);
        } else if (expression instanceof AggregateExpression aggregate) {
            return aggregate(aggregate);
        }
        return other(expression);
    }

    private static String other(Expression expression) throws NotFastException {
        if (expression instanceof In in) {
            requireExact(in.value());
            return "(" + of(in.value()) + " IN (" + list(in.list()) + "))";
        } else if (expression instanceof Coalesce coalesce) {
            return "coalesce(" + list(coalesce.children()) + ")";
        } else if (expression instanceof If choice) {
            return "(CASE WHEN " + of(choice.predicate()) + " THEN " + of(choice.trueValue()) + " ELSE "
                    + of(choice.falseValue()) + " END)";
        } else if (expression instanceof CaseWhen choice) {
            return caseWhen(choice);
        } else if (expression instanceof Concat concat && concat.dataType() instanceof StringType) {
            return "(" + String.join(" || ", each(concat.children())) + ")";
        }
        throw unknown(expression);
    }

    private static NotFastException unknown(Expression expression) {
        return new NotFastException("'" + expression.prettyName() + "' is not among what both engines do alike");
    }

    private static String list(Seq<Expression> expressions) throws NotFastException {
        return String.join(", ", each(expressions));
    }

    private static List<String> each(Seq<Expression> expressions) throws NotFastException {
        List<String> all = new ArrayList<>();
        for (Expression expression : JavaConverters.seqAsJavaList(expressions)) {
            all.add(of(expression));
        }
        return all;
    }

    private static String caseWhen(CaseWhen choice) throws NotFastException {
        StringBuilder sql = new StringBuilder("(CASE");
        for (var branch : JavaConverters.seqAsJavaList(choice.branches())) {
            sql.append(" WHEN ").append(of(branch._1())).append(" THEN ").append(of(branch._2()));
        }
        if (choice.elseValue().isDefined()) {
            sql.append(" ELSE ").append(of(choice.elseValue().get()));
        }
        return sql.append(" END)").toString();
    }

    private static String binary(BinaryExpression expression, String operator) throws NotFastException {
        return "(" + of(expression.left()) + " " + operator + " " + of(expression.right()) + ")";
    }

    private static String call(String function, BinaryExpression expression) throws NotFastException {
        return function + "(" + of(expression.left()) + ", " + of(expression.right()) + ")";
    }

    private static String comparison(BinaryComparison expression) throws NotFastException {
        requireExact(expression.left());
        String operator = COMPARISONS.get(expression.getClass());
        if (operator == null) {
            throw unknown(expression);
        }
        return operator;
    }

    /** Spark skips files by their statistics, which NaN is not in: its own answers depend on which file a row is in. */
    private static void requireExact(Expression compared) throws NotFastException {
        if (DuckTypes.isFloating(compared.dataType())) {
            throw new NotFastException("floating point numbers are compared");
        }
    }

    private static String binaryWord(BinaryExpression expression) throws NotFastException {
        if (expression instanceof And) {
            return binary(expression, "AND");
        } else if (expression instanceof Or) {
            return binary(expression, "OR");
        } else if (expression.left().dataType() instanceof StringType) {
            if (expression instanceof StartsWith) {
                return call("starts_with", expression);
            } else if (expression instanceof EndsWith) {
                return call("ends_with", expression);
            } else if (expression instanceof Contains) {
                return call("contains", expression);
            } else if (expression instanceof Like like) {
                return like(like);
            }
        }
        throw unknown(expression);
    }

    private static String like(Like like) throws NotFastException {
        // Spark refuses some uses of its escape character, which DuckDB takes.
        if (!(like.right() instanceof Literal pattern)
                || pattern.value() == null
                || pattern.value().toString().indexOf(like.escapeChar()) >= 0) {
            throw new NotFastException("the pattern of a LIKE is not a plain text");
        }
        return "(" + of(like.left()) + " LIKE " + of(pattern) + ")";
    }

    /** What overflows fails in DuckDB; so does a decimal of more than 38 digits. */
    private static String arithmetic(BinaryArithmetic expression) throws NotFastException {
        DataType type = expression.dataType();
        if (expression instanceof Divide && type instanceof DoubleType) {
            String divisor = of(expression.right());
            return "(CASE WHEN " + divisor + " = 0 THEN NULL ELSE " + of(expression.left()) + " / " + divisor + " END)";
        } else if (expression instanceof Remainder && DuckTypes.isIntegral(type)) {
            return binary(expression, "%");
        }
        String operator = expression instanceof Add
                ? "+"
                : expression instanceof Subtract ? "-" : expression instanceof Multiply ? "*" : "";
        boolean number = DuckTypes.isIntegral(type) || DuckTypes.isFloating(type);
        if (operator.isEmpty() || !number && !(type instanceof DecimalType result && isExact(expression, result))) {
            throw unknown(expression);
        }
        return "CAST(" + binary(expression, operator) + " AS " + DuckTypes.name(type) + ")";
    }

    private static boolean isExact(BinaryArithmetic expression, DecimalType result) {
        if (!(expression.left().dataType() instanceof DecimalType left)
                || !(expression.right().dataType() instanceof DecimalType right)) {
            return false;
        }
        return result.scale()
                == (expression instanceof Multiply
                        ? left.scale() + right.scale()
                        : Math.max(left.scale(), right.scale()));
    }

    private static String unary(UnaryExpression expression) throws NotFastException {
        String child = expression instanceof InSet ? "" : of(expression.child());
        if (expression instanceof Not) {
            return "(NOT " + child + ")";
        } else if (expression instanceof IsNull) {
            return "(" + child + " IS NULL)";
        } else if (expression instanceof IsNotNull) {
            return "(" + child + " IS NOT NULL)";
        } else if (expression instanceof Length && expression.child().dataType() instanceof StringType) {
            return "CAST(length(" + child + ") AS INTEGER)";
        } else if (expression.child().dataType() instanceof DateType) {
            String part = expression instanceof Year
                    ? "year"
                    : expression instanceof Month ? "month" : expression instanceof DayOfMonth ? "day" : "";
            if (!part.isEmpty()) {
                return "CAST(" + part + "(" + child + ") AS INTEGER)";
            }
        }
        if (expression instanceof InSet set) {
            requireExact(set.child());
            List<String> values = new ArrayList<>();
            for (Object value : JavaConverters.setAsJavaSet(set.hset())) {
                values.add(DuckTypes.literal(value, set.child().dataType()));
            }
            return "(" + of(set.child()) + " IN (" + String.join(", ", values) + "))";
        }
        throw unknown(expression);
    }

    private static String cast(Cast cast) throws NotFastException {
        if (!isWidening(cast.child().dataType(), cast.dataType())) {
            throw new NotFastException("a cast from " + cast.child().dataType().catalogString() + " to "
                    + cast.dataType().catalogString() + " is not among what both engines do alike");
        }
        return "CAST(" + of(cast.child()) + " AS " + DuckTypes.name(cast.dataType()) + ")";
    }

    /** Whether every value is the same value in the other type. */
    private static boolean isWidening(DataType from, DataType to) {
        if (DuckTypes.isIntegral(from)) {
            return DuckTypes.isIntegral(to) && to.defaultSize() >= from.defaultSize()
                    || to instanceof DoubleType
                    || to instanceof StringType
                    || to instanceof DecimalType decimal
                            && decimal.precision() - decimal.scale()
                                    >= DecimalType$.MODULE$.forType(from).precision();
        } else if (from instanceof DecimalType narrow) {
            return to instanceof DecimalType wide
                    && wide.scale() >= narrow.scale()
                    && wide.precision() - wide.scale() >= narrow.precision() - narrow.scale();
        }
        return from instanceof FloatType && to instanceof DoubleType
                || from instanceof BooleanType && to instanceof StringType;
    }

    private static String aggregate(AggregateExpression expression) throws NotFastException {
        AggregateFunction function = expression.aggregateFunction();
        String value = aggregate(function, expression.isDistinct());
        if (value.isEmpty()) {
            throw new NotFastException(
                    "'" + function.prettyName() + "' of these values is not among what both" + " engines do alike");
        }
        String filter = expression.filter().isDefined()
                ? " FILTER (WHERE " + of(expression.filter().get()) + ")"
                : "";
        return "CAST(" + value + filter + " AS " + DuckTypes.name(function.dataType()) + ")";
    }

    private static String aggregate(AggregateFunction function, boolean isDistinct) throws NotFastException {
        List<Expression> arguments = JavaConverters.seqAsJavaList(function.children());
        if (arguments.size() != 1) {
            return "";
        }
        DataType type = arguments.get(0).dataType();
        String argument = (isDistinct ? "DISTINCT " : "") + of(arguments.get(0));
        if (function instanceof Count) {
            // Spark takes NaN for one value, and 0.0 and -0.0 too.
            return isDistinct && DuckTypes.isFloating(type) ? "" : "count(" + argument + ")";
        } else if (DuckTypes.isFloating(type)) {
            // Sums of floating point depend on the order of rows.
            return "";
        } else if (function instanceof Sum) {
            return "sum(" + argument + ")";
        } else if (function instanceof Min) {
            return "min(" + argument + ")";
        } else if (function instanceof Max) {
            return "max(" + argument + ")";
        } else if (function instanceof Average && DuckTypes.isIntegral(type) && !(type instanceof LongType)) {
            return "avg(" + argument + ")";
        }
        return "";
    }

    /** A key to group rows by. */
    static String key(Expression expression) throws NotFastException {
        if (DuckTypes.isFloating(expression.dataType())) {
            throw new NotFastException("rows are grouped by a floating point number");
        }
        return of(expression);
    }

    static String order(SortOrder order) throws NotFastException {
        return of(order.child()) + " " + order.direction().sql() + " "
                + order.nullOrdering().sql();
    }

    /** The number that a limit says; null for anything but a number. */
    static @Nullable Long number(Expression expression) {
        return expression instanceof Literal literal && literal.value() instanceof Integer number
                ? Long.valueOf(number)
                : null;
    }
}
