using System.Text.Json.Serialization;

namespace AutoDiff;

// The serializer looks for a converter on the very type that it is given.

[JsonConverter(typeof(TensorJsonConverter))]
public abstract partial record Tensor;

[JsonConverter(typeof(TensorJsonConverter))]
public sealed partial record Constant;

[JsonConverter(typeof(TensorJsonConverter))]
public sealed partial record Input;

[JsonConverter(typeof(TensorJsonConverter))]
public sealed partial record Apply;
