"""nested-layers.py LEVELS CALLS [reversed]: a model of layers, each of which calls the one below CALLS times."""

import sys

levels, calls = int(sys.argv[1]), int(sys.argv[2])
layers = ["weft.layer @l0(%x: tensor<f32>) -> tensor<f32> { weft.return %x : tensor<f32> }"]
for level in range(1, levels):
    body = "".join(f'  %y{i + 1} = weft.call @l{level - 1} as "c{i}" (%y{i}) : (tensor<f32>) -> tensor<f32>\n'
                   for i in range(calls))
    layers.append(f"weft.layer @l{level}(%y0: tensor<f32>) -> tensor<f32> {{\n{body}"
                  f"  weft.return %y{calls} : tensor<f32>\n}}")
print("\n".join(layers[::-1] if "reversed" in sys.argv else layers))
print(f"""weft.model @loss(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>) {{
  %s = weft.call @l{levels - 1} as "l" (%x) : (tensor<f32>) -> tensor<f32>
  weft.return %s, %s : tensor<f32>, tensor<f32>
}}""")
