"""Prints what an editor sends: initialize, one document (with an error unless --valid), shutdown, exit."""
import json
import sys

operand = "%x" if "--valid" in sys.argv else "%missing"
text = f"""weft.layer @f(%x: tensor<4xf32>) -> tensor<4xf32> {{
  %y = weft.neg {operand} : tensor<4xf32>
  weft.return %y : tensor<4xf32>
}}
"""
document = {"uri": "file:///weft-lsp-server.mlir", "languageId": "mlir", "version": 1, "text": text}
messages = [
    {"id": 1, "method": "initialize", "params": {"processId": 1, "rootUri": None, "capabilities": {}}},
    {"method": "textDocument/didOpen", "params": {"textDocument": document}},
    {"id": 2, "method": "shutdown"},
    {"method": "exit"},
]
for message in messages:
    body = json.dumps({"jsonrpc": "2.0", **message})
    sys.stdout.write(f"Content-Length: {len(body)}\r\n\r\n{body}")
